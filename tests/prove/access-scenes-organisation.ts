import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { newId } from "@maru/platform/crypto/id";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import type { SceneInput } from "./access-scenes";

type Scene = (record: string) => Promise<SceneInput>;

const DAY = new Date("2100-01-01");
const words = { name: "새 이름", nameEn: "New name" };

/** The scenes of those who manage the organisation: people, their turns, ranks, and reorganisations. */
export const organisationScenes = ({ db, actors, departments }: TestDoor): Record<string, Scene> => {
  const by = actors.other.id;
  let position: Promise<{ readonly id: string }> | undefined;
  const person = async (record: string) => (record === "missing" ? newId() : (await createPerson(db)).id);
  const rank = async (record: string) => (record === "missing" ? newId() : (await createRank(db)).id);
  const turn = async (record: string) => {
    if (record === "missing") return newId();
    const data = { id: newId(), personId: (await createPerson(db)).id, kind: "LEAVE", state: "SCHEDULED", effectiveOn: DAY } as const;
    return (await db.transition.create({ data: { ...data, requestedById: by, requestedAt: new Date() } })).id;
  };
  const operations = async () => {
    const { id: departmentId } = await createDepartment(db, { parentId: departments.company });
    return [{ kind: "CLOSE", departmentId }];
  };
  const reorganisation = async (record: string) => {
    if (record === "missing") return newId();
    const times = { createdById: by, updatedById: by, createdAt: new Date(), updatedAt: new Date() };
    return (await db.reorganisation.create({ data: { id: newId(), name: "개편", operations: await operations(), ...times } })).id;
  };
  return {
    "directory.listPeopleForAdmin": async () => ({}),
    "directory.getPersonForAdmin": async (record) => ({ id: await person(record) }),
    "directory.savePerson": async (record) => {
      if (record === "new") return words;
      const id = await person(record);
      const stored = await db.person.findUnique({ where: { id } });
      return { id, version: (stored?.updatedAt ?? DAY).toISOString(), ...words };
    },
    "directory.previewTransition": async (record) => ({ personId: await person(record), kind: "LEAVE", effectiveOn: "2100-01-01" }),
    "directory.requestTransition": async (record) => ({ personId: await person(record), kind: "LEAVE", effectiveOn: "2100-01-01" }),
    "directory.cancelTransition": async (record) => ({ id: await turn(record) }),
    "directory.listStandings": async () => ({}),
    "directory.saveStanding": async (record) => ({
      kind: "RANK",
      id: await rank(record),
      name: `직급 ${newId()}`.slice(0, 40),
      nameEn: "Rank",
    }),
    "directory.orderStandings": async () => {
      // Nobody else makes positions here: the list stays the one that was read.
      position ??= db.position.create({ data: { id: newId(), name: "담당", nameEn: "Associate", sortOrder: 1 } });
      return { kind: "POSITION", ids: [(await position).id] };
    },
    "directory.removeStanding": async (record) => ({ kind: "RANK", id: await rank(record) }),
    "directory.listReorganisations": async () => ({}),
    "directory.getReorganisation": async (record) => ({ id: await reorganisation(record) }),
    "directory.previewReorganisation": async () => ({ operations: await operations() }),
    "directory.saveReorganisation": async (record) => ({ id: await reorganisation(record), version: 1, name: "고친 개편", operations: [] }),
    "directory.applyReorganisation": async (record) => ({ id: await reorganisation(record), version: 1 }),
    "directory.cancelReorganisation": async (record) => ({ id: await reorganisation(record) }),
  };
};
