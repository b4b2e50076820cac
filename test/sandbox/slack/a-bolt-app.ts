import { App, LogLevel } from "@slack/bolt";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { BOT_TOKEN, SIGNING_SECRET } from "./a-workspace.ts";

export interface RunningApp {
  app: App;
  /** To hand to the sandbox's `connect`. */
  requestUrl: string;
  stop(): Promise<void>;
}

/** A real Bolt app over HTTP whose Slack is the sandbox; `listen` registers what it answers to. */
export async function aBoltApp(
  slack: SlackSandbox,
  listen: (app: App) => void,
): Promise<RunningApp> {
  const app = new App({
    token: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the app has no port");
  return {
    app,
    requestUrl: `http://127.0.0.1:${address.port}/slack/events`,
    async stop() {
      await app.stop();
    },
  };
}
