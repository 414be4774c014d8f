/** What files of exports are attached to. */
export const EXPORT_SUBJECT = "privacy.export";

type Counts = Readonly<Record<string, number>>;

/** What was removed before and what was removed now, without the tables in which there was nothing. */
export const addCounts = (before: Counts, now: Counts): Counts => {
  const sum = { ...before };
  for (const [table, count] of Object.entries(now)) if (count > 0) sum[table] = (sum[table] ?? 0) + count;
  return sum;
};

export const isNothing = (counts: Counts): boolean => Object.values(counts).every((count) => count === 0);

/** How a person's file is called; the day is that of the database's clock, in UTC. */
export const exportFileName = (now: Date): string => `maru-my-data-${now.toISOString().slice(0, 10)}.zip`;
