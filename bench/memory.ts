/** Memory over ten thousand cards, in a process of its own that does nothing else. */
import { spawn } from "node:child_process";
import path from "node:path";
import type { Table } from "./figures.ts";

const CARDS = 10_000;
const EVERY = 500;
/** Until the caches of widths and templates are full. */
const SETTLED = 2_000;

export async function benchMemory(): Promise<Table[]> {
  const readings = await readingsOf(path.join(import.meta.dirname, "draw-many.ts"));
  const settled = readings
    .filter(({ cards }) => cards >= SETTLED)
    .map(({ megabytes }) => megabytes);
  const [lowest, highest] = [Math.min(...settled), Math.max(...settled)];
  const middle = (lowest + highest) / 2;
  return [
    {
      title: `Memory over ${CARDS.toLocaleString("en-GB")} cards`,
      about: `Resident memory of a process that draws and does nothing else, four cards in flight, read after every ${EVERY}. From card ${SETTLED} on it stays within ±${(((highest - lowest) / 2 / middle) * 100).toFixed(1)}% of ${middle.toFixed(0)} MB.`,
      head: ["cards", "MB"],
      rows: readings
        .filter(({ cards }) => cards % 1_000 === 0)
        .map(({ cards, megabytes }) => [String(cards), megabytes.toFixed(0)]),
    },
  ];
}

interface Reading {
  cards: number;
  megabytes: number;
}

/** The child prints a line of two numbers a reading. */
async function readingsOf(file: string): Promise<Reading[]> {
  const child = spawn(process.execPath, [file, String(CARDS), String(EVERY)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) out += chunk;
  return out
    .trim()
    .split("\n")
    .map((line) => {
      const [cards = 0, megabytes = 0] = line.split(" ").map(Number);
      return { cards, megabytes };
    });
}
