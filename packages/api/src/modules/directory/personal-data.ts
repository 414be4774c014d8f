import { sql as raw } from "kysely";
import { type Counts, fewRows, jsonEntry, type PersonalData, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";
import { tellPeopleChanged } from "./service/roster-set";

/** What stands where her name stood. It says that somebody has left, and nothing else. */
const FORMER = { name: "탈퇴한 구성원", nameEn: "Former member" } as const;

const ownPerson = ({ db }: Ctx, { personId }: Whom) =>
  fewRows(() =>
    db.person.findMany({
      where: { id: personId },
      // They say nothing that the fields beside them do not.
      omit: { searchText: true, searchGrams: true },
      include: {
        rank: true,
        position: true,
        affiliations: { include: { department: { select: { name: true, nameEn: true } }, title: true } },
      },
    }),
  );

const ownRows = ({ db }: Ctx, { personId }: Whom) => ({
  absences: fewRows(() => db.absence.findMany({ where: { personId }, orderBy: { startsAt: "asc" } })),
  favourites: fewRows(() => db.favourite.findMany({ where: { ownerId: personId }, orderBy: { createdAt: "asc" } })),
  transitions: fewRows(() => db.transition.findMany({ where: { personId }, orderBy: { requestedAt: "asc" } })),
  recent: fewRows(() => db.recentPerson.findMany({ where: { ownerId: personId }, orderBy: { seenAt: "asc" } })),
});

// The card that stands beside what she did follows by itself (see the person_card migration).
const forgetPerson = async (tx: TxCtx, personId: string): Promise<number> => {
  const { rows } = await raw`
    UPDATE person SET name = ${FORMER.name}, name_en = ${FORMER.nameEn}, search_text = '', search_grams = '', employee_no = NULL, email = NULL,
      phone = NULL, mobile = NULL, photo_file_id = NULL, photo_source_id = NULL, rank_id = NULL, position_id = NULL, manager_id = NULL,
      assistant_id = NULL, joined_on = NULL, left_on = NULL, deactivated_for = NULL, state = 'RESIGNED', updated_at = ${tx.now()}::timestamptz
    WHERE id = ${personId}::uuid AND NOT (name = ${FORMER.name} AND search_text = '' AND state = 'RESIGNED') RETURNING 1`.execute(tx.sql);
  if (rows.length > 0) tellPeopleChanged(tx, [personId]);
  return rows.length;
};

// What she kept at hand, and where others kept her.
const forgetTraces = async ({ db }: TxCtx, personId: string, limit: number): Promise<Counts> => {
  const { count: absence } = await db.absence.deleteMany({ where: { personId }, limit });
  const { count: favourite } = await db.favourite.deleteMany({ where: { OR: [{ ownerId: personId }, { personId }] }, limit });
  const { count: recent_person } = await db.recentPerson.deleteMany({ where: { OR: [{ ownerId: personId }, { personId }] }, limit });
  const { count: person_transition } = await db.transition.deleteMany({ where: { personId }, limit });
  return { absence, favourite, recent_person, person_transition };
};

// Where others name her as who stands beside them.
const leavePlaces = async ({ db }: TxCtx, personId: string): Promise<void> => {
  await db.absence.updateMany({ where: { deputyId: personId }, data: { deputyId: null } });
  await db.person.updateMany({ where: { managerId: personId }, data: { managerId: null } });
  await db.person.updateMany({ where: { assistantId: personId }, data: { assistantId: null } });
};

const erasePerson = async (tx: TxCtx, { personId }: Whom, limit: number): Promise<Counts> => {
  const traces = await forgetTraces(tx, personId, limit);
  await leavePlaces(tx, personId);
  const { count: affiliation } = await tx.db.affiliation.deleteMany({ where: { personId } });
  return { ...traces, affiliation, person: await forgetPerson(tx, personId) };
};

/** Who a person is, and where she worked. The row itself stays, without anything that says who it was: posts and comments point to it. */
export const personalData: PersonalData = {
  module: "directory",
  columns: {
    "affiliation.person_id": "removed",
    "absence.person_id": "removed",
    "absence.entered_by_id": "kept: who entered the absence of somebody else; the row names nobody any more",
    "favourite.owner_id": "removed",
    "favourite.person_id": "removed",
    "recent_person.owner_id": "removed",
    "recent_person.person_id": "removed",
    "person_transition.person_id": "removed",
    "person_transition.requested_by_id": "kept: who decided a turn of somebody else; the row names nobody any more",
    "reorganisation.created_by_id": "kept: who prepared a change of the departments; the row names nobody any more",
    "reorganisation.updated_by_id": "kept: who decided a change of the departments; the row names nobody any more",
  },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "directory/person", ownPerson(ctx, whom));
    for (const [name, rows] of Object.entries(ownRows(ctx, whom))) yield jsonEntry(ctx, `directory/${name}`, rows);
  },
  erasePerson,
};
