import { Prisma } from "@maru/db/client";
import type { Ctx, TxCtx } from "../../../tools";
import { handOverAccount } from "../../identity/service";
import { canSettle, findClaimants, isClaimed } from "../claimants";
import { type LinkPersonInput, syncErrors, UNDER_WAY } from "../contract";
import { toItemView } from "../item-queries";
import { getRun } from "../queries";
import { lockSource } from "./runs";

/** What an item says whose entry somebody has linked. */
const LINKED = "linkedByHand";

type Item = Awaited<ReturnType<TxCtx["db"]["syncRunItem"]["findUniqueOrThrow"]>>;

const refuseUnsettled = async (tx: TxCtx, item: Item, personId: string): Promise<void> => {
  const run = await tx.db.syncRun.findUniqueOrThrow({ where: { id: item.runId }, include: { source: { select: { kind: true } } } });
  if (run.source.kind === "FILE") throw syncErrors.sourceHasNoServer();
  if (UNDER_WAY.some((state) => state === run.state)) throw syncErrors.runUnderWay({ runId: run.id });
  if (!(await canSettle(tx, run))) throw syncErrors.runNotNewest();
  const view = toItemView(item);
  if (!isClaimed(view)) throw syncErrors.itemNotSettled();
  if ((await tx.db.syncLink.count({ where: { personId } })) > 0) throw syncErrors.personLinked();
  const claimants = (await findClaimants(tx, [view])).get(item.seq) ?? [];
  if (!claimants.some((one) => one.personId === personId)) throw syncErrors.personNotClaimant();
};

// With no hash the entry counts as changed, and without a place to go on from the next reading is a whole one: it shows her, and updates her.
const writeLink = async (tx: TxCtx, sourceId: string, { runId, seq, externalId, dn }: Item, personId: string): Promise<void> => {
  const row = { sourceId, target: "PERSON" as const, externalId, personId, hash: "", dn: dn ?? externalId };
  // Of two sources that link her at once, one comes too late.
  const { count } = await tx.db.syncLink.createMany({ data: row, skipDuplicates: true });
  if (count === 0) throw syncErrors.personLinked();
  await tx.db.syncSource.update({ where: { id: sourceId }, data: { invocationId: null, usn: null, modifyTimestamp: null } });
  await tx.db.syncRunItem.update({ where: { runId_seq: { runId, seq } }, data: { status: "SKIPPED", error: LINKED, personId } });
  const { counts } = await tx.db.syncRun.findUniqueOrThrow({ where: { id: runId }, select: { counts: true } });
  const { CONFLICT = 1, SKIPPED = 0, ...others } = counts as Record<string, number>;
  const settled = { ...others, ...(CONFLICT > 1 ? { CONFLICT: CONFLICT - 1 } : {}), SKIPPED: SKIPPED + 1 };
  await tx.db.syncRun.update({ where: { id: runId }, data: { counts: settled, cursor: Prisma.DbNull } });
};

/**
 * Links the entry of a conflict with the person of Maru who has its name, address or number: the directory rules her fields from the next run
 * on, and vouches for her password at once. A machine never decides that two are one (27); somebody who has looked at both does.
 */
export const linkPerson = (ctx: Ctx, { runId, seq, personId }: LinkPersonInput): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const { sourceId } = await getRun(tx, runId);
    await lockSource(tx, sourceId);
    const item = await tx.db.syncRunItem.findUnique({ where: { runId_seq: { runId, seq } } });
    if (!item) throw syncErrors.itemNotFound();
    if (item.error === LINKED && item.personId === personId) return { done: true as const };
    await refuseUnsettled(tx, item, personId);
    const refusal = await handOverAccount(tx, sourceId, personId);
    if (refusal !== null) throw refusal === "identity.roleTakesTwo" ? syncErrors.personProtected() : syncErrors.personLinked();
    await writeLink(tx, sourceId, item, personId);
    const details = { sourceId, runId, externalId: item.externalId, entry: item.label };
    tx.record({ action: "sync.person.link", subjectType: "directory.person", subjectId: personId, details });
    return { done: true as const };
  });
