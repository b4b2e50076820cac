/** The process itself: its pools, its event loop, its memory, and which program it is. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, type Registry } from "@prometheus-io/client";

/** Connections of one pool, and callers that wait for one. */
export interface PoolUse {
  busy: number;
  idle: number;
  waiting: number;
  most: number;
}

export interface ProcessFacts {
  version: string;
  pools: Readonly<Record<string, PoolUse>>;
  /** Since this process last looked for what is due, to the end. */
  tickAgeMs: number;
  /** Of the oldest job that nobody takes; null where nobody can tell. */
  jobWaitsMs: number | null;
}

const QUANTILES = [0.5, 0.99, 1];

const gauges = {
  throughline_build_info: ["1, with the version of the program and of Node.", "version", "node"],
  throughline_pool_connections: ["Connections by pool and state.", "pool", "state"],
  throughline_event_loop_delay_seconds: [
    "How late the event loop came since the last scrape; quantile 1 is the worst.",
    "quantile",
  ],
  throughline_tick_age_seconds: ["How long ago this process last looked for what is due."],
  throughline_job_waits_seconds: ["How long the oldest job has waited that nobody takes; else 0."],
  process_resident_memory_bytes: ["Memory in use."],
  process_start_time_seconds: ["When the process began, in seconds since 1970."],
} as const satisfies Record<string, readonly [help: string, ...labels: string[]]>;

type Name = keyof typeof gauges;

const CPU = "process_cpu_seconds_total";

export const processNames: readonly string[] = [...Object.keys(gauges), CPU];

export function processGauges(registry: Registry): {
  update(facts: ProcessFacts): void;
  stop(): void;
} {
  const made = new Map(
    Object.entries(gauges).map(([name, [help, ...labelNames]]) => [
      name,
      new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] }),
    ]),
  );
  const set = (name: Name, value: number, labels: Record<string, string> = {}): void =>
    made.get(name)?.set(labels, value);
  const cpu = new Counter({
    name: CPU,
    help: "Processor time used, in user and system mode.",
    registers: [registry],
  });
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  set("process_start_time_seconds", performance.timeOrigin / 1_000);
  return {
    update: ({ version, pools, tickAgeMs, jobWaitsMs }) => {
      set("throughline_build_info", 1, { version, node: process.versions.node });
      for (const [pool, { busy, idle, waiting, most }] of Object.entries(pools))
        for (const [state, count] of Object.entries({ busy, idle, waiting, most }))
          set("throughline_pool_connections", count, { pool, state });
      for (const quantile of QUANTILES) {
        const lateNs = delay.count === 0 ? 0 : delay.percentile(quantile * 100);
        set("throughline_event_loop_delay_seconds", lateNs / 1e9, { quantile: String(quantile) });
      }
      delay.reset();
      set("throughline_tick_age_seconds", tickAgeMs / 1_000);
      made.get("throughline_job_waits_seconds")?.reset();
      if (jobWaitsMs !== null) set("throughline_job_waits_seconds", jobWaitsMs / 1_000);
      set("process_resident_memory_bytes", process.memoryUsage.rss());
      const { user, system } = process.cpuUsage();
      cpu.reset();
      cpu.inc((user + system) / 1e6);
    },
    stop: () => {
      delay.disable();
    },
  };
}
