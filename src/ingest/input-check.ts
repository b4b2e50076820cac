import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { type InputCheck, nativeInputCheck, ownInputCheck } from "./value-rules.ts";

const ownFunction = `
CREATE OR REPLACE FUNCTION pg_temp.is_valid_input(input text, type text) RETURNS boolean
STABLE STRICT LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT %L::%s', input, type::regtype);
  RETURN true;
EXCEPTION WHEN data_exception THEN
  RETURN false;
END $$`;

/** The server's own check, or on Postgres 15 one of ours, which lives as long as the session. */
export async function prepareInputCheck(sql: Sql): Promise<InputCheck> {
  const [server] = await sql.rows(
    z.object({ native: z.boolean() }),
    "SELECT to_regprocedure('pg_catalog.pg_input_is_valid(text, text)') IS NOT NULL AS native",
  );
  if (server?.native === true) return nativeInputCheck;
  await sql.run(ownFunction);
  return ownInputCheck;
}
