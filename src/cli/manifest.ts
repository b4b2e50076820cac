import { slackManifest } from "../bot/index.ts";
import { complain, DONE, print, WRONG_USE } from "./terminal.ts";

/** The manifest to paste into Slack: for Socket Mode, or with the public address of `/slack/events`. */
export function manifest({ url }: { url?: string }): number {
  if (url !== undefined && !/^https:\/\/[^\s/]+\/\S*$/.test(url)) {
    complain(
      "--url: an https:// address that ends in /slack/events, under which Slack reaches the bot.",
    );
    return WRONG_USE;
  }
  print(JSON.stringify(slackManifest(url ?? null), null, 2));
  return DONE;
}
