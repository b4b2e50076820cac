import { expect, test } from "vitest";
import { floodGuard } from "../../src/commands/index.ts";

const began = Temporal.Instant.from("2026-11-16T09:00:00Z");
const person = (user: string, platform = "slack") => ({ platform, user });
const later = (milliseconds: number) => began.add({ milliseconds });

test("whoever asks too much is not forgiven because many others ask", () => {
  const guard = floodGuard();
  const flooder = person("flooder");
  const paces = Array.from({ length: 22 }, () => guard.pace(flooder, began));
  expect(paces.slice(-3)).toEqual(["answer", "too_fast", "drop"]);
  let answers = 0;
  for (let other = 0; other < 25_000; other++) {
    const now = later(other * 20);
    expect(guard.pace(person(`U${other}`), now)).toBe("answer");
    if (guard.pace(flooder, now) === "answer") answers += 1;
  }
  // What is earned in those 500 seconds, and no more.
  expect(answers).toBeGreaterThan(160);
  expect(answers).toBeLessThanOrEqual(166);
});

test("fifty questions a second from many are all answered, for as long as they come", () => {
  const guard = floodGuard();
  for (let i = 0; i < 50 * 60; i++)
    expect(guard.pace(person(`U${i % 500}`), later(i * 20))).toBe("answer");
});

test("thousands who ask at once are answered up to a limit, and each of the others is told once", () => {
  const guard = floodGuard();
  const ask = (now: Temporal.Instant) =>
    Array.from({ length: 5_000 }, (_, i) => guard.pace(person(`U${i}`), now));
  const first = ask(began);
  expect(first.filter((pace) => pace === "answer")).toHaveLength(600);
  expect(first.filter((pace) => pace === "too_busy")).toHaveLength(4_400);
  const second = ask(later(1_000));
  expect(second.filter((pace) => pace === "answer").length).toBeOneOf([59, 60]);
  // Those who had been answered, and were not told yet.
  expect(second.filter((pace) => pace === "too_busy").length).toBeLessThanOrEqual(600);
  expect(second.filter((pace) => pace === "drop").length).toBeGreaterThanOrEqual(4_340);
  expect(guard.pace(person("U4999"), later(60_000))).toBe("answer");
});

test("one platform's flood takes nothing from another, and being turned away nothing from a person", () => {
  const guard = floodGuard();
  for (let i = 0; i < 600; i++) guard.pace(person(`U${i}`), began);
  const ana = person("ana");
  for (let i = 0; i < 30; i++) expect(guard.pace(ana, began)).not.toBe("answer");
  expect(guard.pace(person("ana", "discord"), began)).toBe("answer");
  const paces = Array.from({ length: 21 }, () => guard.pace(ana, later(1_000)));
  expect(paces.filter((pace) => pace === "answer")).toHaveLength(20);
});
