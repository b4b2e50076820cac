import { type Check, checkFields } from "./shape.ts";

export const checkDivider: Check = (block, at, report) => {
  checkFields(block, at, report, { required: [], optional: ["block_id"] });
};
