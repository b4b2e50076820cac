import type { ViewShown } from "../view.ts";
import type { Drawing, Surroundings } from "./drawing.ts";
import { readEntered } from "./entered.ts";
import { act, suggestFor } from "./server.ts";

/** Drawing the blocks of a modal or a Home tab: what is done in it goes to the app with its inputs. */
export function viewDrawing(
  view: ViewShown,
  user: string,
  around: Surroundings,
  root: ParentNode,
  say: (what: string | null) => void,
): Drawing {
  const place = { user, view: view.id };
  return {
    around,
    files: new Map(view.files.map((file) => [file.id, file])),
    width: 480,
    act: async (done) =>
      say(await act("view-click", { ...place, ...done, entered: readEntered(root) })),
    suggest: (typed) => suggestFor("view-suggest", { ...place, ...typed }),
  };
}
