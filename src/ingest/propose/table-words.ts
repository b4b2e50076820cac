/** The form of what people call a table, and names that several tables have. */

export interface TableWords {
  /** What one row is, in the singular. */
  called: readonly string[];
  /** Files of these tables may hold it too, such as a ticket its score. */
  within?: readonly string[];
  columns: Readonly<Record<string, ColumnWords>>;
}

export interface ColumnWords {
  names?: readonly string[];
  own?: readonly string[];
  /** What stands in: SQL, another column of the table, or what names a row of the file. */
  instead?: { sql: string } | { column: string } | "row";
  /** Of a name that means something near it: what is taken for what. */
  near?: Readonly<Record<string, string>>;
}

export const account = {
  names: [
    "account",
    "customer id",
    "customer",
    "company id",
    "organization id",
    "organisation id",
    "org id",
    "tenant id",
    "client id",
  ],
} as const;
export const model = { names: ["model", "model name"] } as const;
export const happened = [
  "created at",
  "created",
  "created on",
  "created date",
  "date created",
  "creation date",
];
export const signup = [
  "signup date",
  "sign up date",
  "signup at",
  "signed up",
  "signed up on",
  "registered at",
  "registration date",
  "registered on",
];

export const closing = "when it was answered is not told: the closing stands for it";
