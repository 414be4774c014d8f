import type { Actor } from "@maru/db/context";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { HIDDEN, INTACT, type SceneInput } from "./access-scenes";

type Scene = (record: string, actor: Actor) => Promise<SceneInput>;

const DAY_MS = 24 * 60 * 60 * 1000;
const NEXT_YEAR = Date.UTC(2100, 0, 1);

/** A week of its own each time: absences of one person never overlap. */
const createWeeks = () => {
  let count = 0;
  return () => {
    const start = NEXT_YEAR + 7 * DAY_MS * count++;
    return { startsAt: new Date(start), endsAt: new Date(start + DAY_MS) };
  };
};

/** What others keep at hand: neither shown nor thrown away. */
const besideOthers = async ({ db, actors }: TestDoor, actor: Actor): Promise<SceneInput> => {
  const ownerId = actor.id === actors.other.id ? actors.moderator.id : actors.other.id;
  const { id: personId } = await createPerson(db);
  const { id } = await db.favourite.create({ data: { id: newId(), ownerId, personId } });
  const seenAt = new Date();
  await db.recentPerson.create({ data: { ownerId, personId, seenAt } });
  const isThere = async () =>
    (await db.favourite.count({ where: { id } })) === 1 && (await db.recentPerson.count({ where: { seenAt } })) > 0;
  return { [HIDDEN]: [personId], [INTACT]: isThere };
};

const REMEMBERED = 20;
const LONG_AGO = Date.UTC(2020, 0, 1);

/** Somebody has looked at as many people as are remembered, the first of whom another one has looked at too: he forgets nobody. */
const withFullMemory = async ({ db, actors }: TestDoor, actor: Actor): Promise<SceneInput> => {
  const seen = await Promise.all(Array.from({ length: REMEMBERED }, () => createPerson(db)));
  const rows = seen.map(({ id: personId }, index) => ({ ownerId: actor.id, personId, seenAt: new Date(LONG_AGO + index) }));
  await db.recentPerson.createMany({ data: rows });
  const seenAt = new Date();
  const ownerId = actor.id === actors.other.id ? actors.moderator.id : actors.other.id;
  await db.recentPerson.create({ data: { ownerId, personId: rows[0]?.personId ?? "", seenAt } });
  return { [INTACT]: async () => (await db.recentPerson.count({ where: { seenAt } })) > 0 };
};

/** The scenes of the directory: people, departments, absences, and what somebody keeps at hand. */
export const directoryScenes = (door: TestDoor): Record<string, Scene> => {
  const { db, actors, departments } = door;
  const nextWeek = createWeeks();
  /** Whose absence it is. */
  const personOf = async (record: string, actor: Actor): Promise<string> => {
    if (record === "own") return actor.id;
    if (record === "missing") return newId();
    return (await createPerson(db, { assistantId: record === "assisted" ? actor.id : null })).id;
  };
  const absenceOf = async (personId: string): Promise<string> => {
    const data = { id: newId(), personId, ...nextWeek(), reason: "VACATION", enteredById: personId } as const;
    return (await db.absence.create({ data })).id;
  };
  const department: Scene = async (record) => ({ id: record === "missing" ? newId() : departments.sales });
  return {
    "directory.listPeople": async () => ({}),
    "directory.searchPeople": async () => ({ q: "김" }),
    "search.employees": async () => ({ q: "김" }),
    "search.departments": async () => ({ q: "개발" }),
    "search.autocomplete": async () => ({ q: "김" }),
    "directory.getPerson": async (record) => ({ id: record === "missing" ? newId() : actors.other.id }),
    "directory.listDepartments": async () => ({}),
    "directory.listOrgChart": async () => ({}),
    "directory.getDepartment": department,
    "directory.listMembers": async (record) => ({ departmentId: record === "missing" ? newId() : departments.sales }),
    "directory.listAbsences": async () => ({ from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" }),
    "directory.setAbsence": async (record, actor) => {
      const { startsAt, endsAt } = nextWeek();
      const personId = await personOf(record === "ofOthers" ? "own" : record, actor);
      const others = record === "ofOthers" ? { id: await absenceOf(await personOf("other", actor)) } : {};
      return { ...others, personId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), reason: "VACATION" };
    },
    "directory.cancelAbsence": async (record, actor) => {
      if (record === "missing") return { id: newId() };
      return { id: await absenceOf(await personOf(record, actor)) };
    },
    "directory.setAssistant": async (record, actor) => ({ personId: await personOf(record, actor), assistantId: null }),
    "directory.listFavourites": async (_record, actor) => besideOthers(door, actor),
    "directory.setFavourite": async (record, actor) => {
      const { [INTACT]: intact } = await besideOthers(door, actor);
      if (record === "department") return { kind: "DEPARTMENT", id: departments.sales, isFavourite: true, [INTACT]: intact };
      const id = record === "missing" ? newId() : (await createPerson(db)).id;
      return { kind: "PERSON", id, isFavourite: true, [INTACT]: intact };
    },
    "directory.listRecent": async (_record, actor) => besideOthers(door, actor),
    "directory.noteSeen": async (record, actor) => ({
      personId: record === "missing" ? newId() : (await createPerson(db)).id,
      ...(await withFullMemory(door, actor)),
    }),
  };
};
