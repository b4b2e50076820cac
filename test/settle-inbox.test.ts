/** What programs leave each other in one inbox. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { CommandRequest, Reply } from "../src/chat-connection.ts";
import { inboxOf, type StoredInbox } from "../src/commands/index.ts";
import { type Database, openDatabase } from "../src/db/index.ts";
import { silentLog } from "../src/log.ts";
import type { ThreadReply } from "../src/message.ts";
import { ok } from "../src/result.ts";
import { settleLeft } from "../src/settle-inbox.ts";
import { keepReply, openThread } from "../src/threads/index.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { outlastLeases, unsettled } from "./support/inbox.ts";

const place = { platform: "slack", channel: "C0ALL" };
const asker = { platform: "slack", user: "U0ANA" };

let database: FreshDatabase;
const pools: Database[] = [];
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  await database.close();
});

function aPool(statementTimeoutMs = 20_000): Database {
  const options = { max: 3, applicationName: "a program", statementTimeoutMs, log: silentLog };
  const pool = openDatabase(database.url, options);
  pools.push(pool);
  return pool;
}

interface Program {
  inbox: StoredInbox;
  asked: string[];
  said: string[];
  /** What this program does with a question; says one word when absent. */
  onCommand?: (request: CommandRequest, reply: Reply) => Promise<void>;
  settle(): Promise<void>;
}

/** A program with pools of its own, and a platform that takes any answer. */
function aProgram(
  onThreadReply: (reply: ThreadReply) => Promise<void> = async () => {},
  pool = aPool(),
): Program {
  const inbox = inboxOf(pool);
  const said: string[] = [];
  const replyLater = (): Reply => ({
    hand: async () => ok("here"),
    say: async ({ summary }) => {
      said.push(summary);
      return ok({ ref: { ...place, id: "1" }, pictured: false });
    },
  });
  const ways = [{ port: { platform: "slack" }, replyLater }];
  const program: Program = {
    inbox,
    asked: [],
    said,
    settle: () => settleLeft(inbox, handlers, ways, silentLog, new AbortController().signal),
  };
  const handlers = {
    onCommand: async (request: CommandRequest, reply: Reply) => {
      program.asked.push(request.id);
      if (program.onCommand) return program.onCommand(request, reply);
      await reply.say({ summary: request.text, blocks: [] }, "everyone");
    },
    onClick: async () => {},
    onThreadReply,
  };
  return program;
}

/** Delivered to a program that said it had it, and then was no more. */
async function lost(...ids: string[]): Promise<void> {
  const gone = inboxOf(database.db);
  for (const id of ids) await gone.put("slack", id, question(id));
  await outlastLeases(database.db);
}

function question(id: string) {
  const request = { id, asker, place, direct: false, external: false, text: `answer to ${id}` };
  return { kind: "question", request, to: place };
}

describe("what a program that is gone had received", () => {
  test("is answered once by several that start at once", async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `Ev${i}`);
    await lost(...ids);
    const programs = [aProgram(), aProgram(), aProgram()];
    await Promise.all(programs.map((program) => program.settle()));
    expect(programs.flatMap(({ said }) => said).toSorted()).toEqual(
      ids.map((id) => `answer to ${id}`).toSorted(),
    );
    expect(programs.filter(({ said }) => said.length > 0).length).toBeGreaterThan(1);
    expect(await unsettled(database.db)).toEqual([]);
  });

  test("is nobody else's while another deals with it, however long that takes", async () => {
    const [slow, other] = [aProgram(), aProgram()];
    await slow.inbox.put("slack", "Ev1", question("Ev1"));
    await other.settle();
    await outlastLeases(database.db);
    await slow.inbox.renew();
    await other.settle();
    expect(other.asked).toEqual([]);
    await outlastLeases(database.db);
    // Nor does a program take from itself what it was kept from renewing.
    await slow.settle();
    expect(slow.asked).toEqual([]);
    await slow.inbox.settle("slack", "Ev1");
    await other.settle();
    expect(other.asked).toEqual([]);
  });

  test("counts as answered when its words are said, before its picture is there", async () => {
    await lost("Ev1");
    const killed = aProgram();
    const leftMeanwhile: unknown[] = [];
    killed.onCommand = async (_, reply) => {
      await reply.say({ summary: "words", blocks: [] }, "everyone");
      leftMeanwhile.push(...(await unsettled(database.db)));
    };
    await killed.settle();
    expect([killed.asked, leftMeanwhile]).toEqual([["Ev1"], []]);
  });

  test("is not asked of a fourth program when it ended three", async () => {
    await lost("Ev1");
    const programs = [aProgram(), aProgram(), aProgram()];
    for (const program of programs) {
      program.onCommand = () => new Promise(() => {});
      void program.settle();
      await expect.poll(() => unsettled(database.db)).not.toEqual([]);
      await expect.poll(() => attempts()).toBe(2 + programs.indexOf(program));
      await outlastLeases(database.db);
    }
    expect(programs.map(({ asked }) => asked.length)).toEqual([1, 1, 0]);
    expect(await unsettled(database.db)).toEqual([]);
  });

  test("is left as it is when it was asked half an hour ago", async () => {
    await lost("old", "new");
    await database.db.run(
      "UPDATE inbox SET received_at = now() - interval '31 minutes' WHERE id = 'old'",
    );
    const program = aProgram();
    await program.settle();
    expect(program.said).toEqual(["answer to new"]);
    expect(await unsettled(database.db)).toEqual([]);
  });
});

async function attempts(): Promise<number | undefined> {
  const shape = z.object({ attempts: z.number() });
  const [row] = await database.db.rows(shape, "SELECT attempts FROM inbox WHERE id = 'Ev1'");
  return row?.attempts;
}

describe("while the database is away for a moment", () => {
  const reply: ThreadReply = {
    id: "2.0",
    head: { ...place, id: "1.0" },
    text: "because of Monday",
    author: asker,
    at: Temporal.Instant.from("2026-11-16T09:00:00Z"),
    fromBot: false,
  };
  const kept = { kind: "thread_reply", ...reply, at: reply.at.toString() };
  const replies = () =>
    database.db.rows(z.object({ text: z.string() }), "SELECT text FROM thread_reply");

  test("what was said in a thread is kept when it is back, and holds up nothing else", async () => {
    await database.db.run(
      `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
       VALUES ('adoption_rate', 'x', 1, 'run', '2026-11-09', '2026-11-09', '1')`,
    );
    await openThread(database.db, 1, reply.head);
    const impatient = aPool(200);
    const program = aProgram(async (said) => void (await keepReply(impatient, said)));
    await program.inbox.put("slack", "Ev1", kept);
    // As a platform does when its handler throws.
    program.inbox.leave("slack", "Ev1");
    await lost("Ev2");
    await database.db.transaction(async (sql) => {
      await sql.run("LOCK TABLE thread_reply IN ACCESS EXCLUSIVE MODE");
      await expect(program.settle()).rejects.toThrow();
      await outlastLeases(database.db);
      await program.settle().catch(() => {});
    });
    expect(program.said).toEqual(["answer to Ev2"]);
    expect(await replies()).toEqual([]);
    await outlastLeases(database.db);
    await program.settle();
    expect(await replies()).toEqual([{ text: "because of Monday" }]);
    expect(await unsettled(database.db)).toEqual([]);
  });

  test("what was answered and could not be settled is settled when it is back, and not said again", async () => {
    const quick = inboxOf(aPool(200));
    await quick.put("slack", "Ev1", question("Ev1"));
    await database.db.transaction(async (sql) => {
      await sql.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE");
      await quick.settle("slack", "Ev1");
      await expect(quick.renew()).rejects.toThrow();
    });
    await outlastLeases(database.db);
    expect(await quick.takeLeft()).toBeNull();
    expect(await unsettled(database.db)).toEqual([]);
  });

  test("what is left is answered with its picture, though it cannot be settled in between", async () => {
    await lost("Ev1");
    const program = aProgram(undefined, aPool(200));
    program.onCommand = async (_, reply) => {
      await database.db.transaction(async (sql) => {
        await sql.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE");
        await reply.say({ summary: "words", blocks: [] }, "everyone");
      });
      await reply.say({ summary: "words and picture", blocks: [] }, "everyone");
    };
    await program.settle();
    expect(program.said).toEqual(["words", "words and picture"]);
    expect(await unsettled(database.db)).toEqual([]);
  });

  test("what comes into the inbox after it has been dealt with is not dealt with again", async () => {
    const inbox = inboxOf(aPool());
    await database.db.transaction(async (sql) => {
      await sql.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE");
      expect(await inbox.put("slack", "Ev1", question("Ev1"), true)).toBe(true);
      void inbox.settle("slack", "Ev1");
    });
    await expect.poll(() => unsettled(database.db)).toEqual([]);
    await outlastLeases(database.db);
    expect(await inbox.takeLeft()).toBeNull();
  });

  test("what comes into the inbox while it is being settled is not dealt with again", async () => {
    const db = aPool();
    const settling = Promise.withResolvers<void>();
    const stored = Promise.withResolvers<void>();
    const inbox = inboxOf({
      ...passingOn(db),
      run: async (text, values) => {
        const touched = await db.run(text, values);
        if (text.startsWith("INSERT")) stored.resolve();
        if (!text.startsWith("UPDATE")) return touched;
        // It has found nothing to settle, and says so only when there is something.
        settling.resolve();
        await stored.promise;
        await new Promise(setImmediate);
        return touched;
      },
    });
    let settled: Promise<void> = Promise.resolve();
    await database.db
      .transaction(async (sql) => {
        // Holds up whoever stores the same, and nobody who looks for it.
        await sql.run("INSERT INTO inbox (platform, id) VALUES ('slack', 'Ev1')");
        expect(await inbox.put("slack", "Ev1", question("Ev1"), true)).toBe(true);
        settled = inbox.settle("slack", "Ev1");
        await settling.promise;
        throw new Error("roll back");
      })
      .catch(() => {});
    await settled;
    await expect.poll(() => unsettled(database.db)).toEqual([]);
    await outlastLeases(database.db);
    expect(await inbox.takeLeft()).toBeNull();
  });
});

function passingOn(db: Database): Database {
  return {
    rows: (...given) => db.rows(...given),
    run: (...given) => db.run(...given),
    copyIn: (...given) => db.copyIn(...given),
    copyOut: (...given) => db.copyOut(...given),
    asGuest: (...given) => db.asGuest(...given),
    transaction: (...given) => db.transaction(...given),
    interrupt: () => db.interrupt(),
    close: () => db.close(),
    usage: () => db.usage(),
  };
}
