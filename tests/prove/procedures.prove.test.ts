import { toAppError } from "@maru/api";
import { syncBuiltInRoles } from "@maru/api/identity/service";
import { createTestMaru, type TestMaru } from "@maru/api/testing";
import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createFile } from "@maru/db/testing/factories/file";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import { isAppError } from "@maru/platform/errors";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { atDepth, seed } from "./depth";
import { procedures } from "./doors";
import { recordFigure } from "./figures";
import { type Attempt, attemptsOf, edges, INPUT_KINDS, type Known, type Schema, schemaOf, shapedInputs } from "./inputs";
import { useOwnRedis } from "./own-redis";

const PROOF = "procedures";
const PEOPLE = ["stranger", "guest", "member", "admin"] as const;
type Person = (typeof PEOPLE)[number];
/** How many inputs are tried to find one that is taken. */
const MOST_SEARCHED = 60;
/** Inputs of each kind for each procedure. */
const numRuns = atDepth({ sample: 4, full: 200 });

let maru: TestMaru;
let passwordHash: string;
useOwnRedis();
beforeAll(async () => {
  maru = await createTestMaru();
  await syncBuiltInRoles(maru.maru.database);
  // What rights procedures look up anew in the database: the administrator must be one there too.
  const role = await maru.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
  await maru.db.roleAssignment.create({ data: { id: newId(), accountId: maru.actors.admin.accountId as string, roleId: role.id } });
  passwordHash = await hashPassword("the right password");
});
afterAll(() => maru.stop());

/** Records of every kind, anew for each procedure: those before it have deleted some. */
const createWorld = async (): Promise<Known> => {
  const { db, actors, departments } = maru;
  const board = await createBoard(db);
  const hidden = await createBoard(db, { departmentId: departments.sales });
  const authors = [actors.member.id, actors.admin.id, actors.guest.id];
  const posts = await Promise.all(authors.map((authorId) => createPost(db, { boardId: board.id, authorId })));
  const postId = posts[0]?.id;
  const comments = await Promise.all(authors.map((authorId) => createComment(db, { postId, authorId })));
  const files = await Promise.all(authors.map((ownerId) => createFile(db, { ownerId })));
  const account = await createAccount(db, { passwordHash });
  const secret = await createPost(db, { boardId: hidden.id });
  const ids = [board, hidden, ...posts, secret, ...comments, ...files].map(({ id }) => id);
  const page = await maru.as(actors.admin).board.listPosts({ boardId: board.id, limit: 1 });
  const words = [board.slug, hidden.slug, account.username, "the right password", page.nextCursor ?? "", "1", "홍길동", "ㅎㄱㄷ"];
  return { ids: [...ids, actors.member.id, departments.sales, newId()], words };
};

/** What a call came to: done, a refusal that has a name, or an error that nobody expected. */
type Ending = { readonly done: true } | { readonly done: false; readonly kind: string; readonly code: string; readonly error: unknown };

type Callable = (input: unknown) => Promise<unknown>;
const actorOf = (person: Person): Actor | null => (person === "stranger" ? null : maru.actors[person]);

const call = async (path: string, person: Person, input: unknown): Promise<Ending> => {
  const [module = "", name = ""] = path.split(".");
  const procedure = (maru.as(actorOf(person)) as unknown as Record<string, Record<string, Callable>>)[module]?.[name] as Callable;
  try {
    const result = await procedure(input);
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      const items = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      await items.next();
      await items.return?.();
    }
    return { done: true };
  } catch (error) {
    const known = isAppError(error) ? error : toAppError(error);
    return known ? { done: false, kind: known.kind, code: known.code, error } : { done: false, kind: "internal", code: "", error };
  }
};

const excerpt = (value: unknown): string => {
  const text = fc.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
};
const causeOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  return String((cause as Error | undefined)?.message ?? message).slice(-200);
};

/** Why an ending is a fault, or null. */
const findFault = (access: string | undefined, person: Person, { mustRefuse }: Attempt, ending: Ending): string | null => {
  if (!ending.done && (ending.kind === "internal" || ending.kind === "unavailable")) return `${ending.kind}: ${causeOf(ending.error)}`;
  if (person === "stranger" && access !== "open") {
    return !ending.done && ending.kind === "unauthenticated" ? null : `a stranger was told ${ending.done ? "a result" : ending.code}`;
  }
  if (!mustRefuse) return null;
  if (ending.done) return "taken, though its shape is wrong";
  // Refused by the schema, not by luck further in. The system administrator passes every head: there only the input can have been refused.
  const isForShape = ending.code === "common.invalidInput" || (ending.code === "common.forbidden" && person !== "admin");
  return isForShape ? null : `refused as ${ending.code}, not for its shape`;
};

/** An input that the procedure takes from the system administrator: what is made of it is refused for no other reason. */
const findTaken = async (path: string, schema: Schema, known: Known): Promise<unknown> => {
  const inputs = shapedInputs(schema, known, seed, MOST_SEARCHED);
  for (const input of inputs) if ((await call(path, "admin", input)).done) return input;
  return inputs[0];
};

const totals = { inputs: 0, calls: 0, mutants: 0, done: 0 };

it.each([...procedures])(
  "%s has an expected ending for every input (ASVS 1.4.2, 2.2.1, 2.2.2, 15.3.3)",
  async (path, { access, input }) => {
    const schema = schemaOf(input);
    const known = await createWorld();
    const tried = [
      ...(schema ? edges(schema, await findTaken(path, schema, known)) : []),
      ...INPUT_KINDS.flatMap((kind) => fc.sample(attemptsOf(kind, schema, known), { seed, numRuns })),
    ];
    const faults = new Map<string, string>();
    for (const attempt of tried) {
      const endings = await Promise.all(PEOPLE.map((person) => call(path, person, attempt.input)));
      for (const [index, ending] of endings.entries()) {
        const person = PEOPLE[index] as Person;
        const fault = findFault(access, person, attempt, ending);
        if (fault && !faults.has(fault)) faults.set(fault, `${attempt.kind} as ${person}: ${excerpt(attempt.input)}`);
        totals.calls += 1;
        if (ending.done) totals.done += 1;
      }
      totals.inputs += 1;
      if (attempt.mustRefuse) totals.mutants += 1;
    }
    expect(
      [...faults].map(([fault, example]) => `${fault}\n  by ${example}`),
      `seed ${seed}`,
    ).toEqual([]);
  },
);

it("has touched no prototype, and both kinds of input were tried (ASVS 15.3.6)", () => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(totals.done).toBeGreaterThan(totals.calls / 50);
  expect(totals.mutants).toBeGreaterThan(totals.inputs / 5);
  recordFigure(PROOF, "procedures", procedures.size);
  recordFigure(PROOF, "inputs of each kind (valid, invalid, mutated) for each of them", numRuns);
  recordFigure(PROOF, "inputs", totals.inputs);
  recordFigure(PROOF, "of them of a shape that must be refused, all refused", totals.mutants);
  recordFigure(PROOF, "calls, none with an unexpected ending", totals.calls);
});
