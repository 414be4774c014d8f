import { newId } from "@maru/platform/crypto/id";
import { isAppError } from "@maru/platform/errors";
import type { Ctx, TxCtx } from "../../../tools";
import { dateOf, dayAt, dayOf } from "../calendar";
import { directoryErrors, type TransitionInput, type TransitionKind, type TransitionPreview, type TransitionView } from "../contract";
import { personReactivated } from "../events";
import { turnsFrom } from "../policy";
import { listPersonViews } from "../queries";
import { saveManagers } from "./roster-managers";
import { deactivatePeople, reactivatePeople } from "./roster-presence";
import { lockOrganisation, tellPeopleChanged } from "./roster-set";
import { toTransitionView } from "./staff";

/** What is carried out for a person, from a day (`2026-11-22`) on. */
type Turn = { readonly personId: string; readonly kind: TransitionKind; readonly on: string };

/** What would happen to the work of a person if she went on leave, came back or left. Every module says its part. */
export const previewTransition = async (ctx: Ctx, { personId, kind, effectiveOn }: TransitionInput): Promise<TransitionPreview> => {
  const person = (await listPersonViews(ctx, [personId])).get(personId);
  if (!person) throw directoryErrors.personNotFound();
  if (!turnsFrom(person.state).includes(kind)) throw directoryErrors.transitionImpossible();
  const parts = await Promise.all(ctx.tools.departures.map((departure) => departure.consequencesFor(ctx, personId, kind)));
  return { person, isNow: effectiveOn <= dayAt(ctx.now()), consequences: parts.flat() };
};

// Nobody is deputy, assistant or manager of others any more once she has left; each of them is theirs to fill anew.
const handBack = async (tx: TxCtx, personId: string): Promise<void> => {
  const reports = await tx.db.person.findMany({ where: { managerId: personId }, select: { id: true } });
  await saveManagers(
    tx,
    reports.map(({ id }) => ({ personId: id, managerId: null })),
  );
  await tx.db.person.updateMany({ where: { assistantId: personId }, data: { assistantId: null } });
  await tx.db.absence.updateMany({ where: { deputyId: personId, cancelledAt: null, endsAt: { gt: tx.now() } }, data: { deputyId: null } });
};

const resign = async (tx: TxCtx, { personId, on }: Turn): Promise<void> => {
  for (const { refuseEnd } of tx.tools.departures) await refuseEnd?.(tx, personId);
  await deactivatePeople(tx, [{ personId, reason: "LEFT", on }]);
  await handBack(tx, personId);
};

const goOnLeave = async (tx: TxCtx, { personId }: Turn): Promise<void> => {
  await tx.db.person.update({ where: { id: personId }, data: { state: "ON_LEAVE" } });
  tellPeopleChanged(tx, [personId]);
};

const comeBack = async (tx: TxCtx, { personId }: Turn): Promise<void> => {
  const { state, deactivatedFor } = await tx.db.person.findUniqueOrThrow({ where: { id: personId } });
  if (state === "RESIGNED" && deactivatedFor !== null) return void (await reactivatePeople(tx, [personId], deactivatedFor));
  await tx.db.person.update({ where: { id: personId }, data: { state: "ACTIVE", leftOn: null } });
  if (state === "RESIGNED") tx.emit(personReactivated, { personId });
  tellPeopleChanged(tx, [personId]);
};

const TURNS: Readonly<Record<TransitionKind, (tx: TxCtx, turn: Turn) => Promise<void>>> = {
  LEAVE: goOnLeave,
  RETURN: comeBack,
  RESIGNATION: resign,
};

/** Does it, behind the lock of the organisation, when it can still be done. */
const carryOut = async (tx: TxCtx, turn: Turn): Promise<void> => {
  const person = await tx.db.person.findUnique({ where: { id: turn.personId }, select: { state: true } });
  if (!person) throw directoryErrors.personNotFound();
  if (!turnsFrom(person.state).includes(turn.kind)) throw directoryErrors.transitionImpossible();
  await TURNS[turn.kind](tx, turn);
};

/** Has a person go on leave, come back or leave: at once when the day has come, else on its day. One turn waits at a time. */
export const requestTransition = (ctx: Ctx, { personId, kind, effectiveOn }: TransitionInput): Promise<TransitionView> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    if (kind === "RESIGNATION" && personId === tx.actor.id) throw directoryErrors.ownDeparture();
    if ((await tx.db.transition.count({ where: { personId, state: "SCHEDULED" } })) > 0) throw directoryErrors.transitionPending();
    const isNow = effectiveOn <= dayAt(tx.now());
    if (isNow) await carryOut(tx, { personId, kind, on: effectiveOn });
    else {
      const person = await tx.db.person.findUnique({ where: { id: personId }, select: { state: true } });
      if (!person) throw directoryErrors.personNotFound();
      if (!turnsFrom(person.state).includes(kind)) throw directoryErrors.transitionImpossible();
    }
    const row = await tx.db.transition.create({
      data: {
        ...{ id: newId(), personId, kind, effectiveOn: dateOf(effectiveOn), requestedById: tx.actor.id, requestedAt: tx.now() },
        ...(isNow ? { state: "DONE", finishedAt: tx.now() } : { state: "SCHEDULED" }),
      },
    });
    tx.record({
      action: isNow ? "directory.transition.carry-out" : "directory.transition.schedule",
      subjectType: "directory.person",
      subjectId: personId,
      details: { transitionId: row.id, kind, effectiveOn },
    });
    return toTransitionView(row);
  });

/** Takes back a turn that waits for its day. */
export const cancelTransition = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const data = { state: "CANCELLED", finishedAt: tx.now() } as const;
    const [row] = await tx.db.transition.updateManyAndReturn({ where: { id, state: "SCHEDULED" }, data });
    if (!row) throw directoryErrors.transitionNotFound();
    const details = { transitionId: id, kind: row.kind, effectiveOn: dayOf(row.effectiveOn) };
    tx.record({ action: "directory.transition.cancel", subjectType: "directory.person", subjectId: row.personId, details });
    return { done: true };
  });

/** Locks the row as long as it waits; null once somebody cancelled it, or another worker was faster. */
const lockWaiting = async (tx: TxCtx, id: string) => {
  await lockOrganisation(tx);
  await tx.sql.selectFrom("person_transition").select("id").where("id", "=", id).forUpdate().execute();
  return tx.db.transition.findUnique({ where: { id, state: "SCHEDULED" } });
};

const finish = async (tx: TxCtx, id: string, end: { readonly state: "DONE" } | { readonly state: "REFUSED"; readonly fault: string }) => {
  const { personId, kind, effectiveOn, requestedById } = await tx.db.transition.update({
    where: { id },
    data: { ...end, finishedAt: tx.now() },
  });
  tx.record({
    action: end.state === "DONE" ? "directory.transition.carry-out" : "directory.transition.refuse",
    subjectType: "directory.person",
    subjectId: personId,
    details: { transitionId: id, kind, effectiveOn: dayOf(effectiveOn), requestedById, ...("fault" in end ? { fault: end.fault } : {}) },
  });
};

/** Carries out one whose day has come. What can't be done any more is refused with its reason, and nothing of it happens. */
export const carryOutScheduled = async (ctx: Ctx, id: string): Promise<void> => {
  try {
    await ctx.tx(async (tx) => {
      const row = await lockWaiting(tx, id);
      if (!row) return;
      await carryOut(tx, { personId: row.personId, kind: row.kind, on: dayOf(row.effectiveOn) });
      await finish(tx, id, { state: "DONE" });
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    await ctx.tx(async (tx) => {
      if (await lockWaiting(tx, id)) await finish(tx, id, { state: "REFUSED", fault: error.code });
    });
  }
};
