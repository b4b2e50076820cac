import { filePayload } from "../workspace/file-payload.ts";
import { answer, type Method, refusal } from "./method.ts";

export const filesInfo: Method = {
  name: "files.info",
  scopes: ["files:read"],
  acceptsJson: false,
  arguments: {
    file: { kind: "string", required: true },
    cursor: { kind: "string" },
    limit: { kind: "integer" },
  },
  run({ workspace, arguments: given }) {
    const file = workspace.files.find(given.text("file"));
    if (!file?.complete) return refusal("file_not_found");
    workspace.files.look(file.id);
    return answer({
      file: filePayload(workspace, file),
      comments: [],
      response_metadata: { next_cursor: "" },
    });
  },
};
