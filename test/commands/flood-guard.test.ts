import { expect, test } from "vitest";
import { floodGuard } from "../../src/commands/index.ts";

const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
const person = (user: string) => ({ platform: "slack", user });

test("whoever asks too much is not forgiven because many others ask", () => {
  const guard = floodGuard();
  const flooder = person("flooder");
  const paces = Array.from({ length: 22 }, () => guard.pace(flooder, now));
  expect(paces.slice(-3)).toEqual(["answer", "tell", "drop"]);
  for (let other = 0; other < 25_000; other++) {
    expect(guard.pace(person(`U${other}`), now)).toBe("answer");
    if (other % 1_000 === 0) expect(guard.pace(flooder, now)).toBe("drop");
  }
});
