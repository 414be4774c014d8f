import { newId } from "@maru/platform/crypto/id";
import { type LdapConnection, openLdap } from "@maru/platform/ldap/connection";
import type { Ctx, TxCtx } from "../../../tools";
import { givePhoto } from "../../directory/service";
import { keepPhoto, makePhoto, removePhoto } from "../../files/service";
import { noteOutcomes } from "./apply";
import { type Outcome, outcomeOf, type StoredItem } from "./applying";
import type { Source } from "./execute";
import { fence, type Lease } from "./lease";
import { findLinked } from "./links";
import { serverOf } from "./read-directory";
import { hashOfPhoto, readPhoto } from "./read-photos";
import { notePhase } from "./run-notes";

const CHUNK = 100;

type Made = Exclude<Awaited<ReturnType<typeof makePhoto>>, string>;
/** A photo that is ready to be given, null for one that is taken away; or what became of the item without one. */
type Prepared = { readonly image: Made | null } | { readonly outcome: Outcome };

// Looked at only while it still is the photo that the run has shown to whoever approved it.
const prepare = async (
  ctx: Ctx,
  connection: LdapConnection,
  attribute: string | null,
  item: StoredItem,
  signal: AbortSignal,
): Promise<Prepared> => {
  if (item.personId === null) return { outcome: outcomeOf(item, "FAILED", "personUnknown") };
  const wanted = item.after?.photo ?? null;
  if (wanted === null) return { image: null };
  const bytes = attribute === null ? null : await readPhoto(connection, attribute, { dn: item.dn ?? "", externalId: item.externalId });
  if (bytes === null || hashOfPhoto(bytes) !== wanted) return { outcome: outcomeOf(item, "SKIPPED", "photoChanged") };
  const image = await makePhoto(ctx, bytes, signal);
  return typeof image === "string" ? { outcome: outcomeOf(item, "FAILED", image) } : { image };
};

const give = async (tx: TxCtx, sourceId: string, item: StoredItem, image: Made | null): Promise<Outcome> => {
  const { personId, externalId } = item;
  if (personId === null) return outcomeOf(item, "FAILED", "personUnknown");
  const photoFileId = image === null ? null : newId();
  const given = await givePhoto(tx, { personId, sourceId, photoFileId });
  // She has chosen one herself since the directory was read.
  if (given === null) return outcomeOf(item, "SKIPPED", "photoOwn");
  if (image !== null && photoFileId !== null) await keepPhoto(tx, { fileId: photoFileId, personId }, image);
  if (given.formerFileId !== null) await removePhoto(tx, { fileId: given.formerFileId, personId });
  const photoHash = item.after?.photo ?? null;
  await tx.db.syncLink.updateMany({ where: { sourceId, target: "PERSON", externalId }, data: { photoHash } });
  return outcomeOf(item);
};

const readChunk = async (ctx: Ctx, { runId, sourceId }: Lease): Promise<StoredItem[]> => {
  const where = { runId, target: "PHOTO", status: "PLANNED", isHeld: false } as const;
  const rows = await ctx.db.syncRunItem.findMany({ where, orderBy: { seq: "asc" }, take: CHUNK });
  // Who was created in this run is known by her link alone.
  const links = await findLinked(
    ctx,
    sourceId,
    "PERSON",
    rows.map(({ externalId }) => externalId),
  );
  return rows.map((row) => ({
    ...row,
    before: row.before as StoredItem["before"],
    after: row.after as StoredItem["after"],
    personId: links.get(row.externalId)?.id ?? null,
  }));
};

const applyAll = async (ctx: Ctx, lease: Lease, source: Source, signal: AbortSignal): Promise<number> => {
  const server = serverOf(ctx, source);
  const attribute = server.mapping.attributes.photo;
  const connection = await openLdap(server.settings, signal);
  let count = 0;
  try {
    for (;;) {
      const items = await readChunk(ctx, lease);
      if (items.length === 0) return count;
      for (const item of items) {
        signal.throwIfAborted();
        const prepared = await prepare(ctx, connection, attribute, item, signal);
        await ctx.tx(async (tx) => {
          await fence(tx, lease);
          const outcome = "outcome" in prepared ? prepared.outcome : await give(tx, lease.sourceId, item, prepared.image);
          await noteOutcomes(tx, lease.runId, [outcome]);
        });
        count += 1;
      }
    }
  } finally {
    await connection.close();
  }
};

/**
 * Applies the photos of a run, one at a time: read once more, made anew by the worker's decoder, and given to its person together with what
 * became of its item. So one that is no picture costs nobody else's, and whoever goes on after a crash begins at the next one.
 */
export const applyPhotos = async (ctx: Ctx, lease: Lease, source: Source, signal: AbortSignal): Promise<void> => {
  if ((await readChunk(ctx, lease)).length === 0) return;
  await notePhase(ctx, lease, "photos", async () => ({ result: null, count: await applyAll(ctx, lease, source, signal) }));
};
