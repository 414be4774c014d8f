import { randomBytes } from "node:crypto";
import { createCaller, createMaru } from "@maru/api";
import { findActorForPerson } from "@maru/api/identity/service";
import { openDatabase } from "@maru/db/client";
import { buildCrowd, writeCrowd } from "@maru/db/seed/crowd";
import { createLog } from "@maru/platform/log";
import type { Recording } from "./bare-server";
import { startBare } from "./doors";
import { type Instance, signInOnApi, signInOnWeb } from "./instance";
import { type LoadResult, measureAtRate, median, type Request } from "./load";
import { recordStatements } from "./recorder";
import { atMost, type Line } from "./report";
import { createRequests } from "./requests";

const PEOPLE = 20_000;
const RATE = { perSecond: 200, connections: 16 } as const;
/** What people type into the box, as often each: the texts of the acceptance, and two words together. */
const TEXTS = ["홍", "홍길", "ㅎㄱㄷ", "홍ㄱ", "ghdrlfehd", "gildong", "5678", "과장", "개발1팀", "개발1팀 김"] as const;

/** Fills the database of an instance with people. */
export const fillWithPeople = async (databaseUrl: string, people = PEOPLE): Promise<void> => {
  const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: "bench", onError: () => undefined });
  await writeCrowd(database, buildCrowd({ people }));
  await database.close();
};

const record = async (instance: Instance, redisUrl: string): Promise<Recording[]> => {
  const { databaseUrl, dataDir } = instance;
  const secret = randomBytes(32).toString("hex");
  const log = createLog({ service: "bench", level: "silent" });
  const maru = createMaru({ databaseUrl, redisUrl, dataDir, secret, poolSize: 2, processName: "bench", log });
  const { personId } = await maru.database.prisma.account.findFirstOrThrow({ where: { username: "hong" } });
  const actor = await findActorForPerson(maru.database, personId);
  if (!actor) throw new Error("the person of the bench has no account");
  const app = maru.contextFor({ actor, requestId: "bench" });
  const caller = createCaller({ app, guest: app, requestId: "bench", origin: { address: "127.0.0.1", userAgent: null } });
  const recordings: Recording[] = [];
  for (const [index, q] of TEXTS.entries()) {
    const statements = await recordStatements(maru.database.pool, () => caller.search.employees({ q, limit: 10 }));
    if (statements.length === 0) throw new Error(`nothing was recorded for ${q}`);
    recordings.push({ path: `/${index}`, isTransaction: false, statements, freshIds: [] });
  }
  await maru.close();
  return recordings;
};

/** The requests one after another, again and again. */
const inTurns = (requests: readonly Request[]): (() => Request) => {
  let sent = 0;
  return () => requests[sent++ % requests.length] as Request;
};

const measure = async (origin: string, requests: readonly Request[], { turns, seconds }: { turns: number; seconds: number }) => {
  await measureAtRate(origin, inTurns(requests), { ...RATE, seconds: 2 });
  const runs: LoadResult[] = [];
  for (let turn = 0; turn < turns; turn += 1) runs.push(await measureAtRate(origin, inTurns(requests), { ...RATE, seconds }));
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  return {
    errors,
    p50Ms: median(runs.map(({ p50Ms }) => p50Ms)),
    p95Ms: median(runs.map(({ p95Ms }) => p95Ms)),
    p99Ms: median(runs.map(({ p99Ms }) => p99Ms)),
  };
};

/** How long those wait who search 20,000 people, beside a bare `node:http` + `pg` that sends the same prepared statements in the same run. */
export const measureSearch = async (instance: Instance, redisUrl: string, isQuick: boolean): Promise<Line[]> => {
  const depth = isQuick ? { turns: 1, seconds: 5 } : { turns: 5, seconds: 10 };
  const [cookie, token] = await Promise.all([signInOnWeb(instance.origin, "hong"), signInOnApi(instance.origin, "hong")]);
  const requests = createRequests({ cookie, token });
  const bare = await startBare(instance, await record(instance, redisUrl));
  const limit = await measure(
    bare.origin,
    TEXTS.map((_text, index) => ({ method: "GET", path: `/${index}`, headers: {} })),
    depth,
  );
  bare.stop();
  const doors = { employees: "people", autocomplete: "autocomplete" } as const;
  const lines: Line[] = [];
  for (const [procedure, what] of Object.entries(doors)) {
    const ours = await measure(
      instance.origin,
      TEXTS.map((q) => requests.query(`search.${procedure}`, { q, limit: 10 })),
      depth,
    );
    const note = ` (p50 ${ours.p50Ms.toFixed(1)}, p99 ${ours.p99Ms.toFixed(1)} ms; bare p95 ${limit.p95Ms.toFixed(1)} ms; ${ours.errors} errors)`;
    const line = atMost(`${what} among ${PEOPLE.toLocaleString("en")} at ${RATE.perSecond} req/s: p95`, ours.p95Ms, 30, " ms", note);
    lines.push({ ...line, isMet: line.isMet && ours.errors + limit.errors === 0 });
  }
  return lines;
};
