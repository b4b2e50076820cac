import fc from "fast-check";
import { expect, test } from "vitest";
import { svgText } from "../../src/render/svg.ts";
import { partText } from "../../src/render/text-layer.ts";

const inside = (contents: string) => `<svg xmlns="http://www.w3.org/2000/svg">${contents}</svg>`;

test("a text is placed where its groups and itself move it", () => {
  const { shapes, texts } = partText(
    inside(
      '<g transform="translate(10,20)"><g/><g transform="translate(0.5,-1)"><path d="M0,0"/>' +
        '<text text-anchor="end" transform="translate(-7,3.5)" font-size="12px" fill="#5B6775" opacity="0.5">35%</text><text fill="#000"/></g></g>' +
        '<text x="1" y="2" font-weight="600">after</text>',
    ),
  );
  expect(texts).toMatchObject([
    { text: "35%", x: 3.5, y: 22.5, size: 12, anchor: "end", fill: "#5B6775", opacity: 0.5 },
    { text: "after", x: 1, y: 2, weight: 600, anchor: "start", opacity: 1 },
  ]);
  expect(shapes).toBe(
    inside(
      '<g transform="translate(10,20)"><g/><g transform="translate(0.5,-1)"><path d="M0,0"/></g></g>',
    ),
  );
});

test("what is written as text comes out as that text, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (text) => {
      const svg = inside(svgText(3, 4, text, { size: 13, weight: 600, fill: "#123456" }));
      const { shapes, texts } = partText(svg);
      expect(texts).toEqual([
        { text, x: 3, y: 4, size: 13, weight: 600, fill: "#123456", opacity: 1, anchor: "start" },
      ]);
      expect(shapes).toBe(inside(""));
    }),
  );
});

test.each([
  ["turned", '<text transform="translate(1,2) rotate(90)">x</text>'],
  ["in a group that is scaled", '<g transform="scale(2)"><text>x</text></g>'],
  ["in pieces", "<text><tspan>x</tspan></text>"],
])("a text that is %s is refused, not misplaced", (_, contents) => {
  expect(() => partText(inside(contents))).toThrow();
});
