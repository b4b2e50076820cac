/**
 * What the program logs and how long it took, as histograms. The rooms know nothing of them: they log
 * an event with `ms`, and this table says which of its fields are labels. Each field has few values.
 */
import { Histogram, type Registry } from "@prometheus-io/client";
import type { LogFields } from "../log.ts";

interface Timed {
  name: string;
  help: string;
  labels: readonly string[];
  /** Seconds. */
  buckets: readonly number[];
}

const quick = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const usual = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const long = [1, 5, 15, 60, 180, 600, 1_800];

const timed: Readonly<Record<string, Timed>> = {
  acknowledged: {
    name: "throughline_acknowledgement_seconds",
    help: "From a question's arrival until its platform was told so; Slack waits for 3 s.",
    labels: ["platform"],
    buckets: quick,
  },
  answered: {
    name: "throughline_answer_seconds",
    help: "From a question until its numbers were there, by command and by what became of it.",
    labels: ["command", "outcome"],
    buckets: usual,
  },
  ticked: {
    name: "throughline_tick_seconds",
    help: "One look of the scheduler for what is due.",
    labels: [],
    buckets: quick,
  },
  job_ended: {
    name: "throughline_job_seconds",
    help: "One job, by its kind and by whether it came to its end.",
    labels: ["kind", "outcome"],
    buckets: usual,
  },
  refreshed: {
    name: "throughline_refresh_seconds",
    help: "Computing what the newest data changed.",
    labels: [],
    buckets: long,
  },
  sources_loaded: {
    name: "throughline_load_seconds",
    help: "A load of the sources that came to its end, with the refresh behind it.",
    labels: [],
    buckets: long,
  },
};

export const histogramNames: readonly string[] = Object.values(timed).map(({ name }) => name);

/** Registers them all; what comes back counts an event where it is one of them. */
export function eventHistograms(registry: Registry): (event: string, fields: LogFields) => void {
  const made = new Map(
    Object.entries(timed).map(([event, { name, help, labels, buckets }]) => {
      const options = { name, help, labelNames: [...labels], buckets: [...buckets] };
      return [event, { labels, histogram: new Histogram({ ...options, registers: [registry] }) }];
    }),
  );
  return (event, fields) => {
    const found = made.get(event);
    if (found === undefined || typeof fields.ms !== "number") return;
    const labels = found.labels.map((label) => [label, String(fields[label] ?? "")]);
    found.histogram.observe(Object.fromEntries(labels), fields.ms / 1_000);
  };
}
