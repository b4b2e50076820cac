import { type Document, isMap, isNode, isScalar, type LineCounter, type Node, Scalar } from "yaml";

/** Line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export type KeyPath = readonly (string | number)[];

/** Where the keys and values of a YAML file stand, so that a fault can be shown where it is. */
export class Places {
  readonly #file: string;
  readonly #text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(file: string, text: string, document: Document, lines: LineCounter) {
    this.#file = file;
    this.#text = text;
    this.#document = document;
    this.#lines = lines;
  }

  /** Of a value; where there is none, of the nearest that would hold it. */
  of(path: KeyPath): Place {
    for (let length = path.length; length > 0; length--) {
      const node: unknown = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node)) return this.#at(startOf(node));
    }
    return this.#at(0);
  }

  ofNode(node: Node): Place {
    return this.#at(startOf(node));
  }

  /** Of a key, such as one that should not be there. */
  ofKey(path: KeyPath): Place {
    const parent: unknown =
      path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return this.of(path);
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
    return isNode(pair?.key) ? this.#at(startOf(pair.key)) : this.of(path);
  }

  /** What stands there, a scalar's value, or undefined where there is nothing. */
  valueAt(path: KeyPath): unknown {
    return this.#document.getIn(path);
  }

  /** Of the character at `offset` of a text value, which a block or a quoted scalar may hold. */
  within(path: KeyPath, offset: number): Place {
    const node: unknown = this.#document.getIn(path, true);
    const start = this.of(path);
    if (!isScalar(node) || typeof node.value !== "string" || node.type !== Scalar.BLOCK_LITERAL)
      return start;
    const before = node.value.slice(0, offset).split("\n");
    const line = start.line + before.length;
    const indent = /^ */.exec(this.#text.split("\n")[line - 1] ?? "")?.[0].length ?? 0;
    const own = /^ */.exec(node.value.split("\n")[before.length - 1] ?? "")?.[0].length ?? 0;
    return { file: this.#file, line, column: indent - own + (before.at(-1)?.length ?? 0) + 1 };
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
