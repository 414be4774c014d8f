import { newId } from "@maru/platform/crypto/id";
import { sql as raw, type SqlBool } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { dayAt, dayOf } from "../calendar";
import {
  directoryErrors,
  type ListPeopleForAdminInput,
  PRESENT_STATES,
  type SavePersonInput,
  type StaffDetailView,
  type StaffPage,
  type TransitionView,
} from "../contract";
import { can, turnsFrom } from "../policy";
import { isWithin, listPersonViews, personColumns, personViewOfRow } from "../queries";
import { savePeople } from "./roster";
import { saveManagers } from "./roster-managers";
import { savePlaces } from "./roster-places";
import { lockOrganisation } from "./roster-set";
import { personMatches } from "./search";

/** How many turns of a person her page tells of. */
const TOLD_TURNS = 20;

type StoredTransition = Omit<TransitionView, "effectiveOn" | "requestedAt"> & { readonly effectiveOn: Date; readonly requestedAt: Date };

export const toTransitionView = ({ id, kind, state, effectiveOn, requestedAt, fault }: StoredTransition): TransitionView => ({
  ...{ id, kind, state, fault },
  effectiveOn: dayOf(effectiveOn),
  requestedAt: requestedAt.toISOString(),
});

/** Everybody whom the directory knows, those who left too, by name; each with what waits for its day. */
export const listPeopleForAdmin = async (ctx: Ctx, input: ListPeopleForAdminInput): Promise<StaffPage> => {
  const { q, state, departmentId, cursor, limit } = input;
  const rows = await ctx.sql
    .selectFrom("person_card as person")
    .innerJoin("person as p", "p.id", "person.id")
    .select(personColumns)
    .select(["p.employee_no", "p.email"])
    .$if(q !== undefined, (query) => query.where(personMatches(q ?? "")))
    .$if(state !== undefined, (query) => query.where("p.state", "=", state ?? "ACTIVE"))
    .$if(departmentId !== undefined, (query) => query.where(isWithin(departmentId ?? "")))
    .$if(cursor !== undefined, (query) =>
      query.where(raw<SqlBool>`(p.name, p.id) > (SELECT last.name, last.id FROM person last WHERE last.id = ${cursor}::uuid)`),
    )
    .orderBy("p.name")
    .orderBy("p.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const waiting = await ctx.db.transition.findMany({
    where: { state: "SCHEDULED", personId: { in: shown.map(({ person_id }) => person_id) } },
  });
  const upcoming = new Map(waiting.map((transition) => [transition.personId, toTransitionView(transition)]));
  const items = shown.map((row) => ({
    ...personViewOfRow(row),
    ...{ employeeNo: row.employee_no, email: row.email, upcoming: upcoming.get(row.person_id) ?? null },
  }));
  return { items, nextCursor: rows.length > limit ? (shown.at(-1)?.person_id ?? null) : null };
};

/** Everything that the organisation says of a person, as its form has it. */
export const getPersonForAdmin = async (ctx: Ctx, { id }: { id: string }): Promise<StaffDetailView> => {
  const person = await ctx.db.person.findUnique({
    where: { id },
    include: {
      affiliations: { where: { endsOn: null }, orderBy: [{ isPrimary: "desc" }, { startsOn: "asc" }] },
      transitions: { orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: TOLD_TURNS },
    },
  });
  const views = await listPersonViews(ctx, [id, ...(person?.managerId ? [person.managerId] : [])]);
  const view = views.get(id);
  if (!person || !view) throw directoryErrors.personNotFound();
  const { name, nameEn, employeeNo, email, phone, mobile, rankId, positionId, joinedOn, leftOn, managerId } = person;
  const isWaiting = person.transitions.some(({ state }) => state === "SCHEDULED");
  return {
    ...{ person: view, name, nameEn, employeeNo, email, phone, mobile, rankId, positionId },
    version: person.updatedAt.toISOString(),
    manager: views.get(managerId ?? "") ?? null,
    joinedOn: joinedOn && dayOf(joinedOn),
    leftOn: leftOn && dayOf(leftOn),
    places: person.affiliations.map(({ departmentId, titleId, isPrimary }) => ({ departmentId, titleId, isPrimary })),
    transitions: person.transitions.map(toTransitionView),
    can: { turn: isWaiting ? [] : [...turnsFrom(person.state)], changeMail: can.changeMail(ctx.actor.permissions, true) },
  };
};

/** The person as she stands, when what was read of her before is still what stands there; null for somebody new. */
const findBefore = async (tx: TxCtx, { id, version }: SavePersonInput) => {
  if (id === undefined) return null;
  const before = await tx.db.person.findUnique({ where: { id }, include: { affiliations: { where: { endsOn: null } } } });
  if (!before) throw directoryErrors.personNotFound();
  if (before.updatedAt.toISOString() !== version) throw directoryErrors.personStale();
  return before;
};
type Before = Awaited<ReturnType<typeof findBefore>>;

/** Refuses what is newly named and is not there, or not any more. */
const requireNamed = async (tx: TxCtx, before: Before, { rankId, positionId, managerId, places }: SavePersonInput): Promise<void> => {
  const titleIds = [...new Set(places.flatMap(({ titleId }) => titleId ?? []))];
  const isNew = (departmentId: string) => !before?.affiliations.some((one) => one.departmentId === departmentId);
  const departmentIds = places.map(({ departmentId }) => departmentId).filter(isNew);
  const [ranks, positions, titles, departments, managers] = await Promise.all([
    rankId ? tx.db.rank.count({ where: { id: rankId } }) : 1,
    positionId ? tx.db.position.count({ where: { id: positionId } }) : 1,
    tx.db.title.count({ where: { id: { in: titleIds } } }),
    tx.db.department.count({ where: { id: { in: departmentIds }, closedOn: null } }),
    managerId && managerId !== before?.managerId ? tx.db.person.count({ where: { id: managerId, state: { in: [...PRESENT_STATES] } } }) : 1,
  ]);
  if (ranks === 0 || positions === 0 || titles < titleIds.length) throw directoryErrors.standingNotFound();
  if (departments < departmentIds.length) throw directoryErrors.departmentNotFound();
  if (managers === 0) throw directoryErrors.managerNotFound();
};

/** Writes what the organisation says of a person, all of it; without an id she is taken in. Gives the id. */
export const savePerson = (ctx: Ctx, input: SavePersonInput): Promise<{ id: string }> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    const before = await findBefore(tx, input);
    if (before?.email !== input.email && !can.changeMail(tx.actor.permissions, before !== null)) throw directoryErrors.mailProtected();
    await requireNamed(tx, before, input);
    const { id = newId(), managerId, places, version: _version, ...fields } = input;
    await savePeople(tx, [{ id, ...fields }]);
    await savePlaces(tx, [{ personId: id, places, others: "ended", on: dayAt(tx.now()) }]);
    const { refused } = await saveManagers(tx, [{ personId: id, managerId }]);
    if (refused.length > 0) throw directoryErrors.managerCycle();
    // The places stand in a table of their own: whoever has read her before must see that she was saved since.
    await tx.db.person.update({ where: { id }, data: { updatedAt: tx.now() } });
    return { id };
  });
