import type { JsonObject } from "../../json.ts";

/** Something in a body that Discord would not take, by Discord's own code for it. */
export interface FormFault {
  /** `content`, `embeds[0].title`. */
  at: string;
  code: string;
  message: string;
}

export function tooLong(at: string, most: number): FormFault {
  return {
    at,
    code: "BASE_TYPE_MAX_LENGTH",
    message: `Must be ${most} or fewer in length.`,
  };
}

export function badLength(at: string, least: number, most: number): FormFault {
  return {
    at,
    code: "BASE_TYPE_BAD_LENGTH",
    message: `Must be between ${least} and ${most} in length.`,
  };
}

export function notAmong(at: string, values: readonly (number | string)[]): FormFault {
  return {
    at,
    code: "BASE_TYPE_CHOICES",
    message: `Value must be one of {${values.join(", ")}}.`,
  };
}

export function required(at: string): FormFault {
  return { at, code: "BASE_TYPE_REQUIRED", message: "This field is required" };
}

/** Discord's tree of them: `{"embeds": {"0": {"title": {"_errors": [{"code", "message"}]}}}}`. */
export function errorsOf(faults: readonly FormFault[]): JsonObject {
  const tree: Branch = new Map();
  for (const { at, code, message } of faults) {
    let branch = tree;
    for (const part of at.split(/[.[\]]+/).filter(Boolean)) {
      const next = branch.get(part);
      const below: Branch = next instanceof Map ? next : new Map();
      branch.set(part, below);
      branch = below;
    }
    const told = branch.get("_errors");
    branch.set("_errors", [...(Array.isArray(told) ? told : []), { code, message }]);
  }
  return asJson(tree);
}

type Branch = Map<string, Branch | JsonObject[]>;

function asJson(branch: Branch): JsonObject {
  return Object.fromEntries(
    [...branch].map(([part, below]) => [part, below instanceof Map ? asJson(below) : below]),
  );
}
