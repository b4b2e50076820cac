import { MESSAGE_LIMITS } from "../blocks/limits.ts";
import { answer, type Method, refusal } from "./method.ts";

export const filesGetUploadUrlExternal: Method = {
  name: "files.getUploadURLExternal",
  scopes: ["files:write"],
  acceptsJson: false,
  arguments: {
    filename: { kind: "string", required: true },
    length: { kind: "integer", required: true },
    alt_txt: { kind: "string" },
    snippet_type: { kind: "string" },
  },
  run({ workspace, arguments: given, origin }) {
    const length = given.integer("length") ?? 0;
    if (length < 1) return refusal("missing_argument");
    if (given.text("alt_txt").length > MESSAGE_LIMITS.fileAltText)
      return refusal("alt_txt_too_large");
    const file = workspace.files.announce({
      name: given.text("filename"),
      length,
      altText: given.text("alt_txt"),
      createdAt: workspace.now(),
    });
    return answer({ upload_url: `${origin}/upload/${file.id}`, file_id: file.id });
  },
};
