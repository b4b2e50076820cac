/** A channel is opened to others at every step of a post and of an edit (FAULTS.md 28). */
import { afterAll, beforeAll, expect } from "vitest";
import { z } from "zod";
import type { ChatPort } from "../../src/message.ts";
import { editIn } from "../../src/reports/edit-message.ts";
import { withdrawFrom } from "../../src/reports/index.ts";
import { faultTest } from "../support/fault-test.ts";
import { one } from "../support/rows.ts";
import { aRun, NINE, now, postEverywhere, posts, type Reporting, reporting } from "./reporting.ts";

let world: Reporting;
let port: ChatPort;
beforeAll(async () => {
  world = await reporting();
  const real = world.context.ports.get("slack");
  if (real === undefined) throw new Error("no port");
  port = real;
});
afterAll(() => world.stop());

const CHANNEL = "C0GTM";
const NAME = `slack:${CHANNEL}`;

/** The ways in which others come to read. The second is an invitation, of which no event tells. */
const openings = [
  () => world.slack.share(CHANNEL),
  () => {
    const channel = world.slack.state().channels.find(({ id }) => id === CHANNEL);
    if (channel) channel.pendingExternal = true;
  },
  () => world.slack.join(CHANNEL, "U0GUE"),
] as const;

function close(): void {
  world.slack.share(CHANNEL, false);
  const channel = world.slack.state().channels.find(({ id }) => id === CHANNEL);
  if (channel) channel.pendingExternal = false;
  world.slack.join(CHANNEL, "U0GUE", false);
}

/** The calls of a post or an edit of one message, each with a moment before it and one after. */
const calls = ["first look", "last look", "post"] as const;
const moments = [...calls.flatMap((call) => [`before ${call}`, `after ${call}`]), "when recorded"];
const LAST_LOOK = moments.indexOf("after last look");

/** Opens the channel at one moment of what is done by the port. */
function opening(at: number, open: () => void): ChatPort {
  let moment = 0;
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    if (moment++ === at) open();
    const done = await work();
    if (moment++ === at) open();
    return done;
  };
  return {
    ...port,
    channelFacts: (channel) => around(() => port.channelFacts(channel)),
    post: (...given) => around(() => port.post(...given)),
    edit: (...given) => around(() => port.edit(...given)),
  };
}

function through(a: ChatPort): void {
  world.context.ports = new Map([["slack", a]]);
}

const counts = z.object({ withdrawn: z.coerce.number() });
const withdrawn = async (): Promise<number> =>
  (
    await one(
      world.database.db,
      counts,
      "SELECT count(*) AS withdrawn FROM audit WHERE kind = 'withdrawn'",
      [],
    )
  ).withdrawn;

interface Flip {
  moment: number;
  open: () => void;
  /** Slack takes the post, and its answer is lost. */
  isLost: boolean;
  /** Nothing is posted but brought up to date. */
  isEdit: boolean;
}

async function run({ moment, open, isLost, isEdit }: Flip): Promise<void> {
  await aRun(world, [NAME]);
  if (isEdit) {
    through(port);
    expect(await postEverywhere(world.context)).toBe(1);
    await world.database.db.run("UPDATE run SET revision = 1 WHERE id = (SELECT max(id) FROM run)");
  }
  if (isLost) world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
  through(opening(moment, open));
  if (isEdit) await editIn(world.context, NAME, now, new AbortController().signal);
  else await postEverywhere(world.context);
  if (moment === moments.length - 1) open();
}

/** What was refused waits for somebody to mend the channel: the next case has nothing to do with it. */
async function clear(): Promise<void> {
  close();
  through(port);
  world.slack.faults.clear();
  await world.database.db.run("DELETE FROM delivery");
}

faultTest(
  28,
  "a channel that is opened to others at any step holds no figure, at once or from the next look on",
  async (run28) => {
    const seen = { leaked: 0, deleted: 0, slowestMs: 0 };
    for (let i = 0; i < run28.cases; i++) {
      const moment = i % moments.length;
      const open = openings[Math.floor(i / moments.length) % openings.length];
      const variant = Math.floor(i / moments.length / openings.length) % 3;
      if (open === undefined) throw new Error("no opening");
      const before = await withdrawn();
      const isEdit = variant === 2;
      await run({ moment, open, isLost: variant === 1, isEdit });
      const stood = posts(world, CHANNEL);
      if (!isEdit && moment < LAST_LOOK) seen.leaked += stood;
      const began = performance.now();
      await withdrawFrom(world.context, { platform: "slack", channel: CHANNEL }, NINE);
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began);
      expect(posts(world, CHANNEL), `${moments[moment]}, ${variant}`).toBe(0);
      expect((await withdrawn()) - before, `${moments[moment]}, ${variant}`).toBe(stood);
      seen.deleted += stood;
      await clear();
      run28.tried(1);
    }
    run28.saw(
      `${seen.leaked} leaked before the last check; ${seen.deleted} stood after it and were deleted and audited by the next look, which comes every 15 s, in at most ${Math.round(seen.slowestMs)} ms`,
    );
    expect(seen.leaked).toBe(0);
  },
);
