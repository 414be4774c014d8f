import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { can as boardRules } from "../../packages/api/src/modules/board/policy";
import { can as identityRules } from "../../packages/api/src/modules/identity/policy";
import { createJudge, type Judge, playScenes } from "./access-judge";
import { createScenes, type Scenes } from "./access-scenes";
import { atDepth } from "./depth";
import { procedures } from "./doors";
import { recordFigure } from "./figures";
import { headMutants, type Mutant, ownerMutants, policyMutants, recordOwnerConditions } from "./guard-mutants";
import { useOwnRedis } from "./own-redis";

const PROOF = "guards";

/** What looks like a guard and decides nothing about rights, and why. */
const NOT_GUARDS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/"is_read"|post_read|post_like/, "the marks beside a post which say that one has read or liked it"],
  [
    /^board: can\.(readBoard|publish|comment)$/,
    "says what a page offers; statements decide (isVisible), and a property test holds both together",
  ],
  [/^directory\.getPerson: .*"affiliation"/, "the places of the person who is asked for, not of the one who asks"],
  [
    /^directory\.(getPersonForAdmin|previewTransition|requestTransition|savePerson): …/,
    "records of the person who is managed; the permission decides alone",
  ],
  [/^directory\.(getPerson|getDepartment): .*"favourite"/, "the star beside a person or a department which says that one keeps it at hand"],
  [
    /^directory\.setAbsence: .*"absence" WHERE \("public"\."absence"\."person_id" = \$1/,
    "whose absences must not overlap: no question of rights",
  ],
  [/^identity\.(createAccount|explainRights|assignRole): …/, "the person who is asked about, not the one who asks"],
  [/^identity: can\./, "about roles that nobody of the table holds; policy.test.ts and roles.int.test.ts hold them"],
  [/^identity\.confirmPassword: no script/, "a second lock: a script has no session on which a password could count"],
  [/^files\.deleteFile: …/, "a second lock: the file was found as one's own before"],
  [/^factor\.addPasskey: …/, "a second lock: the question belongs to the session"],
  [/^identity\.completeLogIn: .*recovery_code/, "a second lock: the hash of a code is bound to its account"],
  [/^factor\.listFactors: .*recovery_code/, "how many codes are left: a number, and no record of anybody"],
  [/^factor\.confirmGenerator: …/, "a second lock: the code is one of a secret that its owner alone was shown"],
  [/person_inbox/, "the badge: numbers of whoever is asked for by the session, behind the lists that are judged"],
];

let door: TestDoor;
let scenes: Scenes;
let judge: Judge;

useOwnRedis();
beforeAll(async () => {
  door = await startTestDoor();
  scenes = await createScenes(door);
  judge = await createJudge(door, scenes);
});
afterAll(() => door.stop());

const proceduresOfModule = (module: string): string[] => [...procedures.keys()].filter((path) => path.startsWith(`${module}.`));

/** The owner conditions of every statement that the procedures send, while the table of access holds. */
const findOwnerMutants = async (): Promise<Mutant[]> => {
  const ofScenes = await recordOwnerConditions(() => playScenes(door, scenes));
  const statements = new Map<string, { readonly count: number; readonly senders: string[] }>();
  for (const procedure of procedures.keys()) {
    const sent = await recordOwnerConditions(async () => expect((await judge(procedure)).mismatches).toEqual([]));
    for (const [text, count] of sent) {
      if (ofScenes.has(text)) continue;
      const statement = statements.get(text) ?? { count, senders: [] };
      statement.senders.push(procedure);
      statements.set(text, statement);
    }
  }
  return [...statements].flatMap(([text, { count, senders }]) => ownerMutants(text, count, senders));
};

const isMissed = async ({ procedures: affected, remove }: Mutant): Promise<boolean> => {
  const restore = remove();
  try {
    for (const procedure of affected) if ((await judge(procedure, { stopsAtFirst: true })).mismatches.length > 0) return true;
    return false;
  } finally {
    restore();
  }
};

describe("guards", () => {
  it("are missed by the table of access as soon as one is taken away", async () => {
    const found = [
      ...headMutants(),
      ...policyMutants("board", boardRules, proceduresOfModule("board")),
      ...policyMutants("identity", identityRules, proceduresOfModule("identity")),
      ...(await findOwnerMutants()),
    ];
    expect(NOT_GUARDS.filter(([pattern]) => !found.some(({ guard }) => pattern.test(guard)))).toEqual([]);
    const guards = found.filter(({ guard }) => !NOT_GUARDS.some(([pattern]) => pattern.test(guard)));
    const everyNth = atDepth({ sample: 5, full: 1 });
    const taken = guards.filter((_guard, number) => number % everyNth === 0);
    const survivors: string[] = [];
    for (const mutant of taken) if (!(await isMissed(mutant))) survivors.push(mutant.guard);
    expect(survivors).toEqual([]);
    // Nothing that was taken away is still missing, and nothing that a mutant did makes the table wrong by itself.
    for (const procedure of procedures.keys()) expect((await judge(procedure)).mismatches).toEqual([]);
    recordFigure(PROOF, "guards taken away, one at a time", taken.length);
    recordFigure(PROOF, "of them missed by the table of access", taken.length - survivors.length);
  });
});
