import type { Actor } from "@maru/db/context";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { HIDDEN, INTACT, type SceneInput, type Scenes } from "./access-scenes";
import { createSweepJudge } from "./access-sweeps";
import { ACCESS_TABLE, KINDS_OF_PEOPLE, type KindOfPerson } from "./access-table";
import { callRest, callTrpc, type Outcome, twinOf } from "./doors";

type Headers = Record<string, string>;
type Judgement = { readonly cells: number; readonly mismatches: readonly string[] };
/** Holds the rows of one procedure against every door; with `stopsAtFirst` the first mismatch is enough. */
export type Judge = (procedure: string, options?: { readonly stopsAtFirst: boolean }) => Promise<Judgement>;

const ENDING_SESSIONS = ["identity.signOut", "identity.revokeSessions"];

/** The sessions of a kind of person: the same for all calls, besides those that end them. A stranger has none, and owns nothing. */
const createSessions = (door: TestDoor) => {
  const opened = new Map<KindOfPerson, Promise<{ trpc: Headers; rest: Headers }>>();
  const open = async (kind: KindOfPerson): Promise<{ trpc: Headers; rest: Headers }> => {
    if (kind === "stranger") return { trpc: { origin: door.origin, "sec-fetch-site": "same-origin" }, rest: {} };
    return { trpc: await door.browser(door.actors[kind]), rest: await door.bearer(door.actors[kind]) };
  };
  return (kind: KindOfPerson, procedure: string) => {
    if (ENDING_SESSIONS.includes(procedure)) {
      opened.delete(kind);
      return open(kind);
    }
    const sessions = opened.get(kind) ?? open(kind);
    opened.set(kind, sessions);
    return sessions;
  };
};

const faultsOf = (expected: string | undefined, { status, code, data }: Outcome, hidden: readonly string[]): string[] => {
  const faults: string[] = [];
  if (code !== expected) faults.push(`${code}, not ${expected}`);
  if ((status === 200 || status === 202) !== (code === "done") || status >= 500) faults.push(`status ${status} with ${code}`);
  const shown = JSON.stringify(data ?? null);
  for (const secret of hidden) if (shown.includes(secret)) faults.push(`shows ${secret}, which is not for this person`);
  return faults;
};

// The newest text that people agree to is one for all of them.
const SHARED = /^privacy\./;
const oneByOne = async <Item, Result>(items: readonly Item[], work: (item: Item, number: number) => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = [];
  for (const [number, item] of items.entries()) results.push(await work(item, number));
  return results;
};

// A stranger owns nothing: the records that are "own" to one are another's.
const actorOf = (door: TestDoor, kind: KindOfPerson): Actor => (kind === "stranger" ? door.actors.other : door.actors[kind]);

/** Makes the records of every row for every kind of person, and calls nothing. */
export const playScenes = async (door: TestDoor, scenes: Scenes): Promise<void> => {
  for (const [procedure, rows] of Object.entries(ACCESS_TABLE))
    for (const [record] of rows)
      for (const kind of KINDS_OF_PEOPLE) {
        const input = await scenes[procedure]?.(record, actorOf(door, kind));
        await input?.[INTACT]?.();
      }
};

/** The table of access as a judge over real doors. It gives the roles of the table to the people of the door. */
export const createJudge = async (door: TestDoor, scenes: Scenes): Promise<Judge> => {
  await door.giveRole(door.actors.departmentAdmin, "member");
  await door.giveRole(door.actors.departmentAdmin, "department-admin", door.departments.development);
  const sessionsFor = createSessions(door);
  const judgeCell = async (procedure: string, record: string, kind: KindOfPerson, expected: string | undefined): Promise<string[][]> => {
    const scene = scenes[procedure];
    if (!scene) throw new Error(`no scene for ${procedure}`);
    const headers = await sessionsFor(kind, procedure);
    const judge = async (through: string, call: (input: SceneInput) => Promise<Outcome>): Promise<string[]> => {
      const input = await scene(record, actorOf(door, kind)).catch((error: Error) => {
        throw new Error(`the scene of ${procedure} on ${record} as ${kind} failed`, { cause: error });
      });
      const faults = faultsOf(expected, await call(input), input[HIDDEN] ?? []);
      if (input[INTACT] && !(await input[INTACT]())) faults.push("took away what belongs to somebody else");
      return faults.map((fault) => `${procedure} on ${record} as ${kind}${through}: ${fault}`);
    };
    const cells = [await judge("", (input) => callTrpc(door, procedure, input, headers.trpc))];
    const twin = twinOf(procedure);
    if (twin) cells.push(await judge(" through REST", (input) => callRest(door, twin, input, headers.rest)));
    return cells;
  };

  const judgeSweeps = await createSweepJudge(door, scenes);

  return async (procedure, { stopsAtFirst } = { stopsAtFirst: false }) => {
    const cells = await judgeSweeps(procedure);
    for (const [record, ...answers] of ACCESS_TABLE[procedure] ?? []) {
      const judgeKind = (kind: KindOfPerson, column: number) => judgeCell(procedure, record, kind, answers[column]);
      const judged = SHARED.test(procedure)
        ? await oneByOne(KINDS_OF_PEOPLE, judgeKind)
        : await Promise.all(KINDS_OF_PEOPLE.map(judgeKind));
      cells.push(...judged.flat());
      if (stopsAtFirst && cells.some((faults) => faults.length > 0)) break;
    }
    return { cells: cells.length, mismatches: cells.flat() };
  };
};
