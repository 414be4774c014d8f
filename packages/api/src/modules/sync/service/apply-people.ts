import type { TxCtx } from "../../../tools";
import { deactivatePeople, type RosterPerson, type RosterPlaces, reactivatePeople, savePeople, savePlaces } from "../../directory/service";
import { disableAccounts, enableAccounts, listIndispensable, saveDirectoryAccounts } from "../../identity/service";
import { LAST_ADMINISTRATOR } from "../guard";
import { type Applying, type Outcome, outcomeOf, type StoredItem } from "./applying";
import { findLinked, saveLinks } from "./links";

type Person = StoredItem & { readonly personId: string };

const isWriting = ({ action }: StoredItem): boolean => action === "CREATE" || action === "UPDATE";
const idsOf = (items: readonly Person[]): string[] => items.map(({ personId }) => personId);

const PLAIN = ["nameEn", "employeeNo", "email", "phone", "mobile"] as const;

const rosterOf = ({ personId: id, after }: Person, { named }: Applying): RosterPerson => {
  const values = after ?? {};
  const idOf = (kind: "rank" | "position") => (values[kind] ? (named[kind].get(values[kind]) ?? null) : null);
  return {
    id,
    ...(values.name ? { name: values.name } : {}),
    ...Object.fromEntries(PLAIN.filter((field) => field in values).map((field) => [field, values[field]])),
    ...("rank" in values ? { rankId: idOf("rank") } : {}),
    ...("position" in values ? { positionId: idOf("position") } : {}),
  };
};

const placesOf = (
  items: readonly Person[],
  departments: ReadonlyMap<string, { readonly id: string }>,
  applying: Applying,
): RosterPlaces[] =>
  items.flatMap(({ personId, after }) => {
    const department = after?.department ? departments.get(after.department) : undefined;
    if (!department) return [];
    const titleId = after?.title ? (applying.named.title.get(after.title) ?? null) : null;
    const place = { departmentId: department.id, isPrimary: true, ...(after && "title" in after ? { titleId } : {}) };
    return [{ personId, places: [place], others: "kept" as const, on: applying.on }];
  });

/** Writes who is new and what changed; gives why somebody has no account, by person. */
const write = async (tx: TxCtx, items: readonly Person[], applying: Applying): Promise<Map<string, string>> => {
  if (items.length === 0) return new Map();
  await savePeople(
    tx,
    items.map((item) => rosterOf(item, applying)),
  );
  const accounts = items.flatMap(({ personId, after }) => (after?.username ? [{ personId, username: after.username }] : []));
  const { refused } = await saveDirectoryAccounts(tx, applying.sourceId, accounts);
  const departments = await findLinked(
    tx,
    applying.sourceId,
    "DEPARTMENT",
    items.flatMap(({ after }) => after?.department ?? []),
  );
  const places = placesOf(items, departments, applying);
  if (places.length > 0) await savePlaces(tx, places);
  return new Map(refused.map(({ personId, reason }) => [personId, reason]));
};

// Whoever was found again while the run waited is not sent away for having been missing.
const outdated = async (tx: TxCtx, items: readonly Person[], sourceId: string): Promise<Set<Person>> => {
  const sure = items.filter(({ after }) => after?.reason === "missing");
  if (sure.length === 0) return new Set();
  const links = await findLinked(
    tx,
    sourceId,
    "PERSON",
    sure.map(({ externalId }) => externalId),
  );
  return new Set(sure.filter(({ externalId }) => !links.get(externalId)?.isMissing));
};

/** Sends people away, besides those without whom nobody could administer; those are given back. */
const sendAway = async (tx: TxCtx, items: readonly Person[], on: string): Promise<Set<string>> => {
  if (items.length === 0) return new Set();
  const kept = new Set(await listIndispensable(tx, idsOf(items)));
  const leaving = idsOf(items).filter((id) => !kept.has(id));
  await deactivatePeople(
    tx,
    leaving.map((personId) => ({ personId, reason: "DIRECTORY", on })),
  );
  // With them, not after them: their sessions end and their user names are free in this transaction.
  await disableAccounts(tx, leaving, "DEACTIVATION");
  return kept;
};

/** Applies a set of items of people: first who leaves, then what changes, then who comes back. */
export const applyPeople = async (tx: TxCtx, items: readonly StoredItem[], applying: Applying): Promise<Outcome[]> => {
  const people = items.filter((item): item is Person => item.personId !== null);
  const of = (action: StoredItem["action"]) => people.filter((item) => item.action === action);
  const skipped = await outdated(tx, of("DEACTIVATE"), applying.sourceId);
  const kept = await sendAway(
    tx,
    of("DEACTIVATE").filter((item) => !skipped.has(item)),
    applying.on,
  );
  const refused = await write(tx, people.filter(isWriting), applying);
  const back = idsOf(of("REACTIVATE"));
  if (back.length > 0) await enableAccounts(tx, await reactivatePeople(tx, back, "DIRECTORY"), "DEACTIVATION");
  const failed = (item: Person) => item.action === "DEACTIVATE" && kept.has(item.personId);
  await saveLinks(
    tx,
    applying.sourceId,
    people.filter((item) => !failed(item) && !skipped.has(item)),
  );
  return people.map((item) => {
    if (skipped.has(item)) return outcomeOf(item, "SKIPPED", "foundAgain");
    if (failed(item)) return outcomeOf(item, "FAILED", LAST_ADMINISTRATOR);
    return outcomeOf(item, "APPLIED", (isWriting(item) ? refused.get(item.personId) : null) ?? item.error);
  });
};
