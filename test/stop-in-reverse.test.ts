import { expect, test } from "vitest";
import { type Stops, stopInReverse } from "../src/stop-in-reverse.ts";

test("what cannot be stopped is told, and everything below it is stopped all the same, once", async () => {
  const stopped: string[] = [];
  const part = (name: string) => async () => void stopped.push(name);
  const broken = async () => {
    stopped.push("server");
    throw new Error("it was never open");
  };
  const stops: Stops = [part("database"), broken, part("clock")];
  await expect(stopInReverse(stops)).rejects.toThrow("it was never open");
  expect(stopped).toEqual(["clock", "server", "database"]);
  await stopInReverse(stops);
  expect(stopped).toHaveLength(3);
});
