import { existsSync, readFileSync } from "node:fs";

/** How the processors of this machine spent their time since it started, in ticks; null where the system does not tell. */
export type ProcessorTicks = { readonly all: number; readonly stolen: number } | null;

// The first line of /proc/stat: user nice system idle iowait irq softirq steal (man 5 proc). Stolen time is what a virtual machine was
// ready to use and its host gave to others: no program on it can do anything about that.
export const readProcessorTicks = (): ProcessorTicks => {
  if (!existsSync("/proc/stat")) return null;
  const [, ...ticks] = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").split(/\s+/);
  const known = ticks.slice(0, 8).map(Number);
  return { all: known.reduce((sum, count) => sum + count, 0), stolen: known[7] ?? 0 };
};

/** The part of the time between two readings that was stolen, 0 to 1. */
export const stolenShare = (before: ProcessorTicks, after: ProcessorTicks): number =>
  before && after && after.all > before.all ? (after.stolen - before.stolen) / (after.all - before.all) : 0;
