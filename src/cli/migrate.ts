import { DONE, print } from "./terminal.ts";
import { withData } from "./with-data.ts";

/** Opening the data migrates; there is nothing else to do. */
export function migrateOnly(): Promise<number> {
  return withData(async () => {
    print("The schema is up to date.");
    return DONE;
  });
}
