import { sql as raw } from "kysely";
import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";
import { originalKey } from "./domain";
import { removeObjects } from "./jobs";

const PHOTO = "directory.person";

type OwnFile = Readonly<Record<"id" | "name" | "sha256" | "state", string>> & { readonly createdAt: Date };
const ownFiles = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<OwnFile>((after, take) =>
    db.file.findMany({ where: { ownerId: personId, ...(after ? { id: { gt: after.id } } : {}) }, orderBy: { id: "asc" }, take }),
  );

// What is attached to a post stays with it. The photo shows who she was, and what is attached to nothing is hers alone.
const erasePerson = async (tx: TxCtx, { personId }: Whom, atMost: number): Promise<Counts> => {
  const { rows } = await raw<{ sha256: string }>`
    DELETE FROM file WHERE id IN (
      SELECT id FROM file WHERE (owner_id = ${personId}::uuid AND subject_id IS NULL)
        OR (subject_type = ${PHOTO} AND subject_id = ${personId}::uuid) ORDER BY id LIMIT ${atMost}::int FOR UPDATE
    ) RETURNING sha256`.execute(tx.sql);
  for (const sha256 of new Set(rows.map((row) => row.sha256))) tx.enqueue(removeObjects, { sha256 });
  return { file: rows.length };
};

/** The files of a person: all of them with their originals in her export; those that belong to nothing else are erased. */
export const personalData: PersonalData = {
  module: "files",
  columns: { "file.owner_id": "kept: what is attached to a post belongs to it; everything else, her photo too, is removed" },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "files/files", ownFiles(ctx, whom));
    for await (const { id, name, sha256, state, createdAt } of ownFiles(ctx, whom)) {
      // What harms the one who opens it is handed to nobody, and bytes that are missing are no reason to withhold everything else.
      if (state === "QUARANTINED" || !(await ctx.tools.storage.stat(originalKey(sha256)))) continue;
      yield {
        name: `files/${id}/${name}`,
        modifiedAt: createdAt,
        isPacked: true,
        open: () => ctx.tools.storage.read(originalKey(sha256)),
      };
    }
  },
  erasePerson,
};
