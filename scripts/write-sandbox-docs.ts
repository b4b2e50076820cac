/** Writes docs/sandbox.md. A test holds the page to what is here. */
import { writeFileSync } from "node:fs";
import { sandboxPage } from "../sandbox/fidelity/page.ts";

writeFileSync(new URL("../docs/sandbox.md", import.meta.url), sandboxPage());
