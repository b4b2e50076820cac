/**
 * What people call the source tables and their columns. A name is sure in any file; a name under
 * `own` is so only in a file that is called like the table, for `created` is said of everything.
 * The order is that of preference. What a table needs and a file may lack has a value to stand in.
 */

import { customerWords } from "./customer-words.ts";
import { productWords } from "./product-words.ts";
import { successWords } from "./success-words.ts";
import type { TableWords } from "./table-words.ts";

export const sourceWords: Readonly<Record<string, TableWords>> = {
  ...customerWords,
  ...productWords,
  ...successWords,
};
