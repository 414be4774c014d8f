import { personSearchKeys } from "@maru/db/search-keys";
import { newId } from "@maru/platform/crypto/id";
import { type SqlBool, sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { directoryErrors } from "../contract";
import { can } from "../policy";
import { lockOrganisation, tellPeopleChanged } from "./roster-set";

export type NewPerson = {
  readonly name: string;
  readonly nameEn?: string;
  readonly email?: string;
  readonly employeeNo?: string;
};

/** Refuses an address that somebody else has: people sign in with it, so one address is one person. The lock holds until it stands there. */
const keepMailUnique = async (tx: TxCtx, email: string, ownId: string | null): Promise<void> => {
  await lockOrganisation(tx);
  const taken = await tx.sql
    .selectFrom("person")
    .select("id")
    .where(sql<SqlBool>`lower(email) = ${email.toLowerCase()}`)
    .$if(ownId !== null, (query) => query.where("id", "<>", ownId ?? ""))
    .executeTakeFirst();
  if (taken) throw directoryErrors.emailTaken();
};

/** Takes somebody new into the directory, without a place in a department yet; gives the id. */
export const createPerson = async (tx: TxCtx, person: NewPerson): Promise<string> => {
  const { name, nameEn, email, employeeNo } = person;
  if (email) await keepMailUnique(tx, email, null);
  if (employeeNo && (await tx.db.person.count({ where: { employeeNo } })) > 0) throw directoryErrors.employeeNoTaken();
  const id = newId();
  await tx.db.person.create({ data: { id, name, nameEn, email, employeeNo, ...personSearchKeys(person), createdAt: tx.now() } });
  tx.record({ action: "directory.person.create", subjectType: "directory.person", subjectId: id, details: { name, employeeNo } });
  tellPeopleChanged(tx, [id]);
  return id;
};

export type PersonChanges = {
  readonly name?: string;
  readonly nameEn?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
  readonly photoFileId?: string | null;
};

const FIELD_OF = { name: "name", nameEn: "nameEn", phone: "phone", mobile: "mobile", photoFileId: "photo" } as const;

/** Changes what a person says of herself; gives what stood there before, of the fields that changed. */
export const changeOwnPerson = async (tx: TxCtx, changes: PersonChanges): Promise<Partial<PersonChanges>> => {
  const { id } = tx.actor;
  if (Object.keys(changes).length === 0) return {};
  // Before the row: a set that holds the lock may be about to write it.
  await lockOrganisation(tx);
  const [before] = await tx.sql
    .selectFrom("person")
    .select(["name", "name_en", "phone", "mobile", "photo_file_id", "employee_no"])
    .where("id", "=", id)
    .forUpdate()
    .execute();
  if (!before) throw directoryErrors.personNotFound();
  const { name_en: nameEn, photo_file_id: photoFileId, employee_no: employeeNo, ...rest } = before;
  const stood = { ...rest, nameEn, photoFileId };
  const names = (Object.keys(FIELD_OF) as (keyof PersonChanges)[]).filter(
    (name) => changes[name] !== undefined && changes[name] !== stood[name],
  );
  if (names.length === 0) return {};
  const changeable = can.changeFields(true, false);
  if (names.some((name) => !changeable.includes(FIELD_OF[name]))) throw directoryErrors.fieldLocked();
  const pick = (values: PersonChanges) => Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  const after = pick(changes);
  // From now on it is hers: no source changes it. One that she takes away is remembered as her source's, so that it stays away.
  const chosen = after.photoFileId ? { photoSourceId: null } : {};
  await tx.db.person.update({ where: { id }, data: { ...after, ...chosen, ...personSearchKeys({ ...stood, ...after, employeeNo }) } });
  const details = { before: pick(stood), after };
  tx.record({ action: "directory.person.change", subjectType: "directory.person", subjectId: id, details });
  tellPeopleChanged(tx, [id]);
  return pick(stood);
};

/** What a person may change of herself. */
export const listOwnFields = (): readonly string[] => can.changeFields(true, false);
