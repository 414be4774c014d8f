import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

// From a cached answer to a thumbnail of a large picture.
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What both processes tell: the runtime's own figures, under the name of the process. */
const createRegistry = (processName: string): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ process: processName });
  collectDefaultMetrics({ register: registry });
  return registry;
};

/** The web process: requests by door, and the open streams. */
export const createWebTelemetry = () => {
  const registry = createRegistry("web");
  return {
    registry,
    requestSeconds: new Histogram({
      name: "maru_request_seconds",
      help: "How long a request took, by door and status class",
      labelNames: ["door", "status"] as const,
      buckets: SECONDS,
      registers: [registry],
    }),
    openStreams: new Gauge({ name: "maru_open_streams", help: "Open notification streams", registers: [registry] }),
  };
};
export type WebTelemetry = ReturnType<typeof createWebTelemetry>;

/** The worker process: what is relayed, what is done, and what waits. */
export const createWorkerTelemetry = () => {
  const registry = createRegistry("worker");
  const registers = [registry];
  return {
    registry,
    relayed: new Counter({ name: "maru_outbox_relayed_total", help: "Outbox rows taken over", labelNames: ["kind"] as const, registers }),
    requeued: new Counter({ name: "maru_work_requeued_total", help: "Unfinished work that was queued again", registers }),
    jobSeconds: new Histogram({
      name: "maru_job_seconds",
      help: "How long a job took, by consumer and outcome",
      labelNames: ["consumer", "outcome"] as const,
      buckets: SECONDS,
      registers,
    }),
    work: new Gauge({ name: "maru_work", help: "Work rows by state, DONE left out", labelNames: ["state"] as const, registers }),
    databaseUp: new Gauge({ name: "maru_database_up", help: "1 while the database answers", registers }),
  };
};
export type WorkerTelemetry = ReturnType<typeof createWorkerTelemetry>;
