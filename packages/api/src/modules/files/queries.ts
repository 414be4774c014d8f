import { definePrepared } from "@maru/db/prepared";
import { sql } from "kysely";
import type { FILE_STATES, FileView } from "./contract";
import { VARIANTS } from "./contract";
import { variantVersion } from "./domain";

/** The columns of a file that its view and its doors need. */
export const fileColumns = [
  "file.id",
  "file.owner_id",
  "file.subject_type",
  "file.subject_id",
  "file.name",
  "file.media_type",
  "file.size_bytes",
  "file.sha256",
  "file.state",
  "file.reason",
  "file.width",
  "file.height",
  "file.thumbhash",
  "file.pipeline",
] as const;

export type FileRow = {
  readonly id: string;
  readonly owner_id: string;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly name: string;
  readonly media_type: string;
  /** A bigint, which drivers hand over as a number, a bigint or a string. */
  readonly size_bytes: number | bigint | string;
  readonly sha256: string;
  readonly state: (typeof FILE_STATES)[number];
  readonly reason: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbhash: string | null;
  readonly pipeline: number | null;
};

const variantUrls = ({ id, sha256, state, pipeline }: FileRow): Record<string, string> => {
  if (state !== "READY" || pipeline === null) return {};
  const version = variantVersion(sha256, pipeline);
  return Object.fromEntries(VARIANTS.map((variant) => [variant, `/api/files/${id}/${variant}?v=${version}`]));
};

/** How a file stands beside what it is attached to. */
export const toFileView = (row: FileRow): FileView => ({
  id: row.id,
  name: row.name,
  mediaType: row.media_type,
  sizeBytes: Number(row.size_bytes),
  state: row.state,
  reason: row.reason,
  width: row.width,
  height: row.height,
  thumbhash: row.thumbhash,
  url: `/api/files/${row.id}`,
  variants: variantUrls(row),
});

export const findFileRow = definePrepared<{ id: string }>()((db, param) =>
  db.selectFrom("file").select(fileColumns).where("id", "=", param.id),
);

export const findFileRows = definePrepared<{ ids: readonly string[] }>()((db, param) =>
  db.selectFrom("file").select(fileColumns).where(sql<boolean>`file.id = any(${param.ids}::uuid[])`).orderBy("file.id").limit(1_000),
);

/** In the order in which they were uploaded. */
export const findFileRowsOfSubjects = definePrepared<{ subjectType: string; subjectIds: readonly string[] }>()((db, param) =>
  db
    .selectFrom("file")
    .select(fileColumns)
    .where("file.subject_type", "=", param.subjectType)
    .where(sql<boolean>`file.subject_id = any(${param.subjectIds}::uuid[])`)
    .orderBy("file.id")
    .limit(5_000),
);
