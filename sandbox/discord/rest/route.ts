import type { Operation } from "../faults/fault.ts";
import type { Server } from "../server/server.ts";
import type { Answer, Request } from "./exchange.ts";

export interface Call {
  server: Server;
  /** `http://127.0.0.1:<port>`. */
  origin: string;
  request: Request;
  /** What the pattern caught, in order. */
  parts: readonly string[];
}

export interface Route {
  /** What Discord's own document calls it. */
  operation: Operation;
  method: string;
  pattern: RegExp;
  /** False: the token stands in the path. */
  authorized: boolean;
  run(call: Call): Answer;
}
