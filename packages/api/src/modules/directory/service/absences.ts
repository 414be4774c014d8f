import { newId } from "@maru/platform/crypto/id";
import { type SqlBool, sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import {
  type AbsenceView,
  type cancelAbsenceInput,
  directoryErrors,
  isPresent,
  type listAbsencesInput,
  type setAbsenceInput,
} from "../contract";
import { type AbsenceRow, listAbsenceRows } from "../organisation-queries";
import { can } from "../policy";
import { isWithin, listPersonViews } from "../queries";

/** Whether the actor may say when this person is away. */
export const mayEnterAbsence = (
  { actor }: Pick<Ctx, "actor">,
  { id, assistantId }: { readonly id: string; readonly assistantId: string | null },
) =>
  can.enterAbsence({
    isOwn: actor.id === id,
    isAssistant: assistantId !== null && actor.id === assistantId,
    isScript: actor.tokenId !== undefined,
    looksAfterAbsences: actor.permissions.has("directory.manage-absences"),
  });

const toViews = async (ctx: Pick<Ctx, "sql" | "actor" | "now">, rows: readonly AbsenceRow[]): Promise<AbsenceView[]> => {
  const people = await listPersonViews(
    ctx,
    rows.flatMap(({ person_id, deputy_id }) => [person_id, ...(deputy_id ? [deputy_id] : [])]),
  );
  return rows.flatMap((row) => {
    const person = people.get(row.person_id);
    if (!person) return [];
    const isMine = mayEnterAbsence(ctx, { id: row.person_id, assistantId: row.assistant_id });
    return {
      id: row.id,
      person,
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at.toISOString(),
      reason: row.reason,
      note: isMine ? row.note : null,
      deputy: people.get(row.deputy_id ?? "") ?? null,
      deputyAway: row.deputy_away,
      can: { change: isMine && row.ends_at > ctx.now() },
    };
  });
};

const isPerson = (id: string) => sql<SqlBool>`person.id = ${id}::uuid`;

// Whom the question is about; null for nobody, which is what somebody without a department asks for.
const whoseAbsences = async (ctx: Ctx, { personId, departmentId }: z.output<typeof listAbsencesInput>) => {
  if (personId) return isPerson(personId);
  const own = departmentId ?? (await ctx.db.personCard.findUnique({ where: { id: ctx.actor.id } }))?.departmentId;
  return own ? sql<SqlBool>`person.state in ('ACTIVE', 'ON_LEAVE') and ${isWithin(own)}` : null;
};

/** Who is away in a time: one person, or a department with all below it, one's own unless another is named. */
export const listAbsences = async (ctx: Ctx, input: z.output<typeof listAbsencesInput>): Promise<AbsenceView[]> => {
  const whose = await whoseAbsences(ctx, input);
  if (!whose) return [];
  const { from, to, limit } = input;
  return toViews(ctx, await listAbsenceRows(ctx.sql, { from: new Date(from), to: new Date(to), whose, limit }));
};

const SHOWN_ON_PAGE = 5;
const FAR = new Date("9999-01-01T00:00:00Z");

/** What holds now and what comes of one person: the next few. */
export const listComingAbsences = async (ctx: Ctx, personId: string): Promise<AbsenceView[]> => {
  const question = { from: ctx.now(), to: FAR, whose: isPerson(personId), limit: SHOWN_ON_PAGE };
  return toViews(ctx, await listAbsenceRows(ctx.sql, question));
};

// The row of the person is the lock under which her absences are compared: two that overlap can't be entered at once.
const lockAbsentee = async (tx: TxCtx, personId: string): Promise<void> => {
  const { rows } = await sql<{ assistant_id: string | null; state: "ACTIVE" | "ON_LEAVE" | "RESIGNED" | "SCHEDULED_FOR_DELETION" }>`
    select assistant_id, state from person where id = ${personId}::uuid for no key update`.execute(tx.sql);
  const [person] = rows;
  if (!person || !isPresent(person.state)) throw directoryErrors.personNotFound();
  if (!mayEnterAbsence(tx, { id: personId, assistantId: person.assistant_id })) throw directoryErrors.absenceNotYours();
};

const keepApart = async (tx: TxCtx, { id, personId, startsAt, endsAt }: z.output<typeof setAbsenceInput>): Promise<void> => {
  const standing = await tx.db.absence.findFirst({
    where: { personId, cancelledAt: null, startsAt: { lt: endsAt }, endsAt: { gt: startsAt }, ...(id ? { id: { not: id } } : {}) },
    orderBy: { startsAt: "asc" },
  });
  if (!standing) return;
  throw directoryErrors.absenceOverlaps({ startsAt: standing.startsAt.toISOString(), endsAt: standing.endsAt.toISOString() });
};

const requireDeputy = async (tx: TxCtx, personId: string, deputyId: string): Promise<void> => {
  const isThere = await tx.db.person.count({ where: { id: deputyId, state: "ACTIVE", NOT: { id: personId } } });
  if (isThere === 0) throw directoryErrors.deputyNotPresent();
};

// The reason and the note stay out of the audit log: why somebody was ill is nobody's business years later.
const recordAbsence = (tx: TxCtx, action: string, id: string, details: Record<string, unknown>): void =>
  tx.record({ action, subjectType: "directory.absence", subjectId: id, details });

/**
 * Says when somebody is away, why, and who stands in for her. A person has one absence at a time; what is over can't be changed any more. A
 * deputy who is away too is taken: the answer says how much of the time.
 */
export const setAbsence = async (ctx: Ctx, input: z.output<typeof setAbsenceInput>): Promise<AbsenceView> => {
  const id = await ctx.tx(async (tx) => {
    const { personId, deputyId = null, note, reason } = input;
    await lockAbsentee(tx, personId);
    const known = input.id ? await tx.db.absence.findFirst({ where: { id: input.id, personId, cancelledAt: null } }) : null;
    if (input.id && !known) throw directoryErrors.absenceNotFound();
    if (known && known.endsAt <= tx.now()) throw directoryErrors.absenceOver();
    if (deputyId) await requireDeputy(tx, personId, deputyId);
    await keepApart(tx, input);
    const data = { startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt), reason, note: note || null, deputyId };
    const absence = known
      ? await tx.db.absence.update({ where: { id: known.id }, data })
      : await tx.db.absence.create({ data: { id: newId(), personId, ...data, enteredById: tx.actor.id, createdAt: tx.now() } });
    const details = { personId, startsAt: input.startsAt, endsAt: input.endsAt, deputyId };
    recordAbsence(tx, known ? "directory.absence.change" : "directory.absence.enter", absence.id, details);
    return absence.id;
  });
  const whose = sql<SqlBool>`a.id = ${id}::uuid`;
  const rows = await listAbsenceRows(ctx.sql, { from: new Date(input.startsAt), to: new Date(input.endsAt), whose, limit: 1 });
  const [view] = await toViews(ctx, rows);
  if (!view) throw directoryErrors.absenceNotFound();
  return view;
};

/** Takes an absence back. One that holds already ends now instead: who stood in until then did so. */
export const cancelAbsence = (ctx: Ctx, { id }: z.output<typeof cancelAbsenceInput>): Promise<{ isCancelled: boolean }> =>
  ctx.tx(async (tx) => {
    const found = await tx.db.absence.findFirst({ where: { id, cancelledAt: null }, select: { personId: true } });
    if (!found) throw directoryErrors.absenceNotFound();
    await lockAbsentee(tx, found.personId);
    const absence = await tx.db.absence.findFirst({ where: { id, cancelledAt: null } });
    if (!absence) throw directoryErrors.absenceNotFound();
    const now = tx.now();
    if (absence.endsAt <= now) throw directoryErrors.absenceOver();
    await tx.db.absence.update({ where: { id }, data: absence.startsAt < now ? { endsAt: now } : { cancelledAt: now } });
    recordAbsence(tx, "directory.absence.cancel", id, { personId: absence.personId });
    return { isCancelled: true };
  });
