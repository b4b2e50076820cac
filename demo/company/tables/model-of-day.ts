import type { Account } from "../account.ts";
import { availableFrom, type Model, models } from "../reference.ts";

const [none, ...offered] = models;

/** The model that an account uses on a day: it moves to a more capable one about twice a year, when there is one. */
export function modelOn(account: Account, day: number, weeks: number): Model {
  const patience = 120 + ((account.index * 37) % 240);
  const steps = Math.floor((day - account.day) / patience) + (account.index % 3);
  for (let rank = Math.min(steps, offered.length - 1); rank >= 0; rank -= 1) {
    const model = offered[rank];
    if (model !== undefined && availableFrom(model.availableAfter, weeks) <= day) return model;
  }
  return none;
}
