import type { App, ViewOutput } from "@slack/bolt";
import { afterEach, describe, expect, test } from "vitest";
import type { SlackSandbox, SlackSandboxOptions } from "../../../sandbox/slack/index.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";
import { aForm, aHome, plain } from "./some-views.ts";

const ANA = { channel: "C0ALL", user: "U0ANA" };

let slack: SlackSandbox;
let running: RunningApp;
afterEach(async () => {
  await slack.stop();
  await running.stop();
});

async function connected(
  listen: (app: App) => void,
  options: Partial<SlackSandboxOptions> = {},
): Promise<void> {
  slack = await aWorkspace(options);
  running = await aBoltApp(slack, listen);
  await slack.connect(running.requestUrl);
}

/** A form that `/kpi` opens; `more` says what else the app does. */
async function withForm(more: (app: App) => void): Promise<void> {
  await connected((app) => {
    app.command("/kpi", async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: aForm() });
    });
    more(app);
  });
  await slack.typeCommand({ ...ANA, text: "/kpi note" });
  await slack.waitFor(() => slack.modals.open("U0ANA").length === 1);
}

const title = () => slack.modals.open("U0ANA").at(-1)?.body.title;
const filled = { why: { text: "The campaign ended." }, how: { sure: "certain" } };

describe("a modal", () => {
  test("is submitted with what stands in it, as state and by block", async () => {
    const seen: ViewOutput[] = [];
    await withForm((app) =>
      app.view("explain", async ({ ack, view }) => {
        seen.push(view);
        await ack();
      }),
    );
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({ kind: "closed" });
    expect(slack.modals.open("U0ANA")).toEqual([]);
    expect(seen[0]?.private_metadata).toBe("adoption");
    expect(seen[0]?.state.values).toEqual({
      why: { text: { type: "plain_text_input", value: "The campaign ended." } },
      how: {
        sure: {
          type: "static_select",
          selected_option: { text: plain("Certain"), value: "certain" },
        },
      },
      tags: { tags: { type: "checkboxes", selected_options: [] } },
      since: { day: { type: "datepicker", selected_date: "2026-11-09" } },
    });
    expect(slack.problems()).toEqual([]);
  });

  test("stays with words at the inputs that are empty, and the app hears nothing", async () => {
    await withForm(() => {});
    const before = slack.acks().length;
    expect(await slack.modals.submit("U0ANA", { how: { sure: "certain" } })).toEqual({
      kind: "errors",
      errors: { why: "Please complete this required field." },
    });
    expect(slack.acks()).toHaveLength(before);
  });

  test("stays with the words of the app when it answers with errors", async () => {
    await withForm((app) =>
      app.view("explain", ({ ack }) =>
        ack({ response_action: "errors", errors: { why: "Say more." } }),
      ),
    );
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({
      kind: "errors",
      errors: { why: "Say more." },
    });
    expect(slack.modals.open("U0ANA")).toHaveLength(1);
  });

  test("with an error at no block of its own fails before the eyes of who submitted", async () => {
    await withForm((app) =>
      app.view("explain", ({ ack }) =>
        ack({ response_action: "errors", errors: { other: "No." } }),
      ),
    );
    expect(await slack.modals.submit("U0ANA", filled)).toMatchObject({ kind: "failed" });
    expect(slack.problems()).toHaveLength(1);
  });

  test("becomes another, has one pushed onto it, and all are cleared", async () => {
    const answers = ["update", "push", "clear"] as const;
    let turn = 0;
    await withForm((app) =>
      app.view("explain", async ({ ack }) => {
        const action = answers[turn++] ?? "clear";
        if (action === "clear") await ack({ response_action: action });
        else await ack({ response_action: action, view: aForm(`Step ${turn}`) });
      }),
    );
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({ kind: "updated" });
    expect([title(), slack.modals.open("U0ANA").length]).toEqual([plain("Step 1"), 1]);
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({ kind: "pushed" });
    expect([title(), slack.modals.open("U0ANA").length]).toEqual([plain("Step 2"), 2]);
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({ kind: "cleared" });
    expect(slack.modals.open("U0ANA")).toEqual([]);
  });

  test("that is closed tells an app that wants to know, and no other", async () => {
    const closed: boolean[] = [];
    await withForm((app) =>
      app.view({ callback_id: "explain", type: "view_closed" }, async ({ ack, body }) => {
        await ack();
        if ("is_cleared" in body) closed.push(body.is_cleared);
      }),
    );
    await slack.modals.close("U0ANA");
    await slack.settled();
    expect(closed).toEqual([false]);
    expect(slack.modals.open("U0ANA")).toEqual([]);
  });

  test("that the app does not answer stays, and says so", async () => {
    await withForm(() => {});
    slack.faults.next("interaction", { kind: "lost" });
    expect(await slack.modals.submit("U0ANA", filled)).toEqual({
      kind: "failed",
      reason: "We had some trouble connecting. Try again?",
    });
    expect(slack.modals.open("U0ANA")).toHaveLength(1);
  });

  test("is changed and pushed onto by methods, three high at most, and not over a stale hash", async () => {
    const errors: unknown[] = [];
    await withForm((app) =>
      app.action("more", async ({ ack, body, client }) => {
        await ack();
        if (body.type !== "block_actions" || !body.view) return;
        const { id, hash } = body.view;
        try {
          await client.views.push({ trigger_id: body.trigger_id, view: aForm("Pushed") });
          await client.views.update({ view_id: id, hash, view: aForm("Updated") });
          await client.views.update({ view_id: id, hash, view: aForm("Stale") });
        } catch (error) {
          errors.push(error);
        }
      }),
    );
    for (let n = 0; n < 3; n += 1) {
      await slack.modals.click("U0ANA", { actionId: "more" });
      await expect.poll(() => errors.length).toBe(n + 1);
    }
    expect(errors).toMatchObject([
      { data: { error: "hash_conflict" } },
      { data: { error: "hash_conflict" } },
      { data: { error: "push_limit_reached" } },
    ]);
    expect(slack.modals.open("U0ANA").map(({ body }) => body.title)).toEqual(
      ["Updated", "Updated", "Pushed"].map(plain),
    );
  });

  test("offers what the app suggests for what is typed, and is submitted with it", async () => {
    const seen: unknown[] = [];
    const option = { text: plain("Adoption Rate"), value: "adoption" };
    await connected((app) => {
      const element = { type: "external_select" as const, action_id: "metric" };
      const block = { type: "input" as const, block_id: "which", label: plain("Metric"), element };
      app.command("/kpi", async ({ ack, command, client }) => {
        await ack();
        const view = { ...aForm(), blocks: [block] };
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
      app.options("metric", async ({ ack, payload }) => {
        await ack({ options: payload.value === "ado" ? [option] : [] });
      });
      app.view("explain", async ({ ack, view }) => {
        seen.push(view.state.values);
        await ack();
      });
    });
    await slack.typeCommand({ ...ANA, text: "/kpi note" });
    const view = await slack.waitFor(() => slack.modals.open("U0ANA")[0]);
    const typing = { user: "U0ANA", place: { view: view.id }, actionId: "metric" };
    expect(await slack.suggest({ ...typing, value: "xyz" })).toEqual([]);
    expect(await slack.suggest({ ...typing, value: "ado" })).toEqual([option]);
    await slack.modals.submit("U0ANA", { which: { metric: "adoption" } });
    expect(seen).toEqual([
      { which: { metric: { type: "external_select", selected_option: option } } },
    ]);
  });

  test("that breaks Slack's rules is refused with the place of each fault", async () => {
    const faults: unknown[] = [];
    await connected((app) =>
      app.command("/kpi", async ({ ack, command, client }) => {
        await ack();
        const view = { ...aForm("x".repeat(25)), private_metadata: "y".repeat(3001) };
        const { submit: _, ...bare } = view;
        await client.views
          .open({ trigger_id: command.trigger_id, view: bare })
          .catch((error) => faults.push(error.data.response_metadata.messages));
      }),
    );
    await slack.typeCommand({ ...ANA, text: "/kpi note" });
    await expect.poll(() => faults.length).toBe(1);
    expect(faults[0]).toEqual([
      "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
      "[ERROR] missing required field: submit [json-pointer:/view]",
      "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ]);
  });
});

describe("the app's own place", () => {
  test("tells the app when it is opened, and shows the home that it publishes", async () => {
    await connected((app) =>
      app.event("app_home_opened", async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: aHome() });
      }),
    );
    slack.appHome.open("U0ANA", "home");
    const home = await slack.waitFor(() => slack.appHome.home("U0ANA"));
    expect(home.body.type).toBe("home");
    expect(slack.appHome.home("U0BEN")).toBeUndefined();
  });

  test("takes direct messages as message.im, mentions among them, and answers there", async () => {
    const heard: string[] = [];
    await connected((app) => {
      app.message(async ({ message, say }) => {
        heard.push(message.channel_type);
        await say("41.2%");
      });
      app.event("app_mention", async () => {
        heard.push("app_mention");
      });
    });
    const channel = slack.appHome.open("U0ANA", "messages");
    slack.postAsUser({ channel, user: "U0ANA", text: "@Throughline adoption" });
    await slack.waitFor(() => slack.messages(channel).length === 2);
    await slack.settled();
    expect(heard).toEqual(["im"]);
    expect(() => slack.postAsUser({ channel, user: "U0BEN", text: "me too" })).toThrow("not in");
  });

  test("without its messages tab takes none, and without its home tab shows none", async () => {
    const errors: unknown[] = [];
    const off = { messagesTab: false, homeTab: false };
    await connected((app) => {
      app.event("app_home_opened", async ({ event, client }) => {
        const publish = client.views.publish({ user_id: event.user, view: aHome() });
        await publish.catch((error) => errors.push(error.data.error));
      });
    }, off);
    const channel = slack.appHome.open("U0ANA", "messages");
    expect(() => slack.postAsUser({ channel, user: "U0ANA", text: "hello" })).toThrow(
      "Sending messages to this app has been turned off.",
    );
    await expect.poll(() => errors.length).toBe(1);
    expect(errors).toEqual(["not_enabled"]);
  });
});

describe("an app hears", () => {
  test("of a message shortcut with the message it was used on, and may open a modal", async () => {
    const seen: unknown[] = [];
    await connected(
      (app) =>
        app.shortcut("explain", async ({ ack, shortcut, client }) => {
          await ack();
          if (shortcut.type === "message_action") seen.push(shortcut.message.text);
          await client.views.open({ trigger_id: shortcut.trigger_id, view: aForm() });
        }),
      { shortcuts: [{ callbackId: "explain", name: "Explain this" }] },
    );
    const message = slack.postAsUser({ ...ANA, text: "Why did it drop?" });
    await slack.useShortcut({ ...ANA, message, callbackId: "explain" });
    await slack.waitFor(() => slack.modals.open("U0ANA").length === 1);
    expect(seen).toEqual(["Why did it drop?"]);
    await expect(slack.useShortcut({ ...ANA, message, callbackId: "other" })).rejects.toThrow(
      "no shortcut other",
    );
  });

  test("only what it has subscribed to", async () => {
    const heard: string[] = [];
    await connected(
      (app) => {
        app.message(async ({ message }) => {
          heard.push(message.channel_type);
        });
      },
      { events: ["message.groups"] },
    );
    slack.postAsUser({ ...ANA, text: "in the open" });
    slack.postAsUser({ channel: "C0LEAD", user: "U0ANA", text: "in private" });
    await slack.settled();
    expect(heard).toEqual(["group"]);
  });

  test("which organisation a stranger in a shared channel is of", async () => {
    const seen: unknown[] = [];
    const users = [{ id: "U0EVE", name: "eve", stranger: true }];
    await connected((app) => void app.message(async ({ body }) => void seen.push(body)), { users });
    slack.postAsUser({ channel: "C0EXT", user: "U0EVE", text: "hello" });
    await slack.settled();
    expect(seen).toMatchObject([
      { is_ext_shared_channel: true, event: { user: "U0EVE", user_team: "T0STRANGER" } },
    ]);
  });
});
