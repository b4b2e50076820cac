/** A process of its own that migrates the database of its first argument. */
import { migrate } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";

await migrate(process.argv[2] ?? "", silentLog);
