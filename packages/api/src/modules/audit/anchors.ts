import type { AppendLog } from "@maru/platform/storage/append-log";
import { z } from "zod";

/** What the log's end was at a time, written outside the database: nobody who rules the database alone can cut off what was before it. */
const anchor = z.object({ seq: z.int().min(1), code: z.string().regex(/^[0-9a-f]{64}$/), at: z.iso.datetime() });
export type Anchor = z.infer<typeof anchor>;

const parseAnchor = (line: string): Anchor | null => {
  try {
    return anchor.parse(JSON.parse(line));
  } catch {
    return null;
  }
};

/** Every anchor in the order of the file. A line that a power cut left half says nothing and is passed over. */
export const readAnchors = async (log: AppendLog): Promise<Anchor[]> => {
  const anchors: Anchor[] = [];
  for await (const line of log.lines()) {
    const read = parseAnchor(line);
    if (read) anchors.push(read);
  }
  return anchors;
};

/** The last one, without reading those of years before it. */
export const findLastAnchor = async (log: AppendLog): Promise<Anchor | null> => {
  const anchors = (await log.lastLines()).flatMap((line) => parseAnchor(line) ?? []);
  return anchors.at(-1) ?? null;
};

export const appendAnchor = (log: AppendLog, written: Anchor): Promise<void> => log.append(JSON.stringify(written));
