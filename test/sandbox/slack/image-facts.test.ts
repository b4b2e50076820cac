import { expect, test } from "vitest";
import { imageFacts } from "../../../sandbox/slack/workspace/image-facts.ts";
import { aPng } from "./a-workspace.ts";

test("a picture's kind and size are read from its first bytes", () => {
  const gif = Buffer.concat([
    Buffer.from("GIF89a", "latin1"),
    Buffer.from([0x03, 0x00, 0x02, 0x00]),
  ]);
  // A comment segment of two bytes stands before the frame, as many writers put one.
  const comment = [0xff, 0xfe, 0x00, 0x04, 0x61, 0x62];
  const frame = [0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x05, 0x00, 0x07, 0x01, 0x01];
  const jpeg = Buffer.from([0xff, 0xd8, ...comment, ...frame]);
  expect(imageFacts(aPng(640, 240))).toMatchObject({
    mimetype: "image/png",
    width: 640,
    height: 240,
  });
  expect(imageFacts(gif)).toMatchObject({ mimetype: "image/gif", width: 3, height: 2 });
  expect(imageFacts(jpeg)).toMatchObject({ mimetype: "image/jpeg", width: 7, height: 5 });
});

test("what is no picture has no facts, however short or broken", () => {
  for (const bytes of ["", "a,b\n1,2\n", "GIF8", "\x89PNG\r\n"]) {
    expect(imageFacts(Buffer.from(bytes, "latin1"))).toBeNull();
  }
  expect(imageFacts(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]))).toBeNull();
});
