import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createCaller, createMaru } from "@maru/api";
import { findActorForPerson } from "@maru/api/identity/service";
import { createLog } from "@maru/platform/log";
import { paragraphs } from "@maru/platform/rich-text";
import type { Recording } from "./bare-server";
import { type Instance, signInOnApi, signInOnWeb } from "./instance";
import { type LoadResult, measureAtRate, measureRate, median, type Request } from "./load";
import { findProcess, proportionalMb, serverPids } from "./memory";
import { drawPhoto, measureBareSharp, measureUploadToThumbnail } from "./pictures";
import { readProcessorTicks, stolenShare } from "./processors";
import { freshIds, recordStatements, type Statement } from "./recorder";
import { atLeast, atMost, type Line } from "./report";
import { createRequests, type Requests } from "./requests";
import { measureSignIns } from "./sign-ins";
import { measureStreams } from "./streams";
import { measureWebPage } from "./web-page";

const POOL_SIZE = 10;
const CONNECTIONS = 24;
const WEB = "apps/web/dist/server.js";
const MEDIA = "apps/worker/dist/media.js";

type Scene = { readonly boardId: string; readonly postId: string; readonly personId: string };
type Steady = LoadResult & { readonly stolen: number };
type Door = { readonly what: string; readonly bare: string; readonly target: number; readonly next: () => Request };

const ask = async <Data>(origin: string, request: Request): Promise<Data> => {
  const response = await fetch(origin + request.path, { headers: request.headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.path} answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { result: { data: Data } }).result.data;
};

const findScene = async (origin: string, requests: Requests): Promise<Scene> => {
  const boards = await ask<{ id: string; slug: string }[]>(origin, requests.query("board.listBoards", {}));
  const boardId = boards.find(({ slug }) => slug === "bench")?.id as string;
  const { items } = await ask<{ items: { id: string; isPinned: boolean }[] }>(origin, requests.query("board.listPosts", { boardId }));
  const { person } = await ask<{ person: { id: string } }>(origin, requests.query("identity.me"));
  return { boardId, postId: items.find(({ isPinned }) => !isPinned)?.id as string, personId: person.id };
};

const post = (boardId: string) => ({
  boardId,
  title: "측정용 게시글",
  body: paragraphs("얼마나 빨리 써지는지 재요.", "두 번째 문단이에요."),
});

const TRANSACTION_WORDS = /^\s*(BEGIN|COMMIT|ROLLBACK|SET TRANSACTION)/i;

/** What Maru asks of PostgreSQL for each door, recorded from the use case itself. */
const record = async (instance: Instance, redisUrl: string, scene: Scene): Promise<Recording[]> => {
  const maru = createMaru({
    databaseUrl: instance.databaseUrl,
    redisUrl,
    dataDir: instance.dataDir,
    secret: randomBytes(32).toString("hex"),
    poolSize: 2,
    processName: "bench",
    log: createLog({ service: "bench", level: "silent" }),
  });
  const actor = await findActorForPerson(maru.database, scene.personId);
  if (!actor) throw new Error("the person of the bench has no account");
  const callerFor = (once?: Parameters<typeof maru.contextFor>[0]["once"]) => {
    const app = maru.contextFor({ actor, requestId: "bench", once });
    return createCaller({ app, guest: app, requestId: "bench", origin: { address: "127.0.0.1", userAgent: null } });
  };
  const once = { kind: "command", key: "bench", procedure: "board.publishPost", requestHash: "bench" } as const;
  const works: readonly [string, boolean, () => Promise<unknown>][] = [
    ["/list", false, () => callerFor().board.listPosts({ boardId: scene.boardId })],
    ["/post", false, () => callerFor().board.getPost({ id: scene.postId })],
    ["/inbox", false, () => callerFor().notification.getInbox({})],
    ["/publish", true, () => callerFor(once).board.publishPost(post(scene.boardId))],
  ];
  const recordings: Recording[] = [];
  for (const [path, isTransaction, work] of works) {
    const startedAt = Date.now();
    const all = await recordStatements(maru.database.pool, work);
    const statements = all.filter(({ text }) => !TRANSACTION_WORDS.test(text));
    if (statements.length === 0) throw new Error(`nothing was recorded for ${path}`);
    recordings.push({ path, isTransaction, statements: keyed(statements, path), freshIds: freshIds(statements, startedAt) });
  }
  await maru.close();
  return recordings;
};

// The idempotency key of the recording is a value like any other; the bare side makes a new one for each request, as browsers do.
const keyed = (statements: readonly Statement[], path: string): Statement[] =>
  statements.map((statement) => ({
    ...statement,
    values: statement.values.map((value) => (path === "/publish" && value === "bench" ? "{key}" : value)),
  }));

/** The limit on this instance's database: the recorded statements, replayed by bare `node:http` + `pg`. */
export const startBare = async (instance: Instance, recordings: readonly Recording[]) => {
  const file = join(instance.dataDir, "recordings.json");
  await writeFile(file, JSON.stringify({ databaseUrl: instance.databaseUrl, poolSize: POOL_SIZE, recordings }));
  const child = spawn(process.execPath, ["--enable-source-maps", process.argv[1] as string, "bare", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk) => resolve(String(chunk).trim()));
    child.once("exit", () => reject(new Error("the bare server did not start")));
  });
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
};

const doorsOf = (scene: Scene, requests: Requests): Door[] => {
  const list = requests.query("board.listPosts", { boardId: scene.boardId });
  const restList = requests.rest(`/board/boards/${scene.boardId}/posts`);
  const onePost = requests.query("board.getPost", { id: scene.postId });
  const inbox = requests.query("notification.getInbox", {});
  return [
    { what: "post list through tRPC", bare: "/list", target: 0.8, next: () => list },
    { what: "post list through REST", bare: "/list", target: 0.6, next: () => restList },
    { what: "post page", bare: "/post", target: 0.5, next: () => onePost },
    { what: "notification count", bare: "/inbox", target: 0.5, next: () => inbox },
    { what: "writing a post", bare: "/publish", target: 0.3, next: requests.mutation("board.publishPost", post(scene.boardId)) },
  ];
};

/** Maru's rate as a share of the bare limit: the two in turns, and the median of the shares. */
const measureDoor = async (origin: string, bareOrigin: string, door: Door, runs: number, seconds: number): Promise<Line> => {
  const bare: Request = {
    method: door.next().method,
    path: door.bare,
    headers: {},
    ...(door.next().body ? { body: door.next().body } : {}),
  };
  const options = { connections: CONNECTIONS, seconds };
  const shares: number[] = [];
  const rates: number[] = [];
  let errors = 0;
  for (let turn = 0; turn <= runs; turn += 1) {
    const limit = await measureRate(bareOrigin, () => bare, options);
    const ours = await measureRate(origin, door.next, options);
    // The first turn warms both sides up.
    if (turn === 0) continue;
    shares.push(ours.perSecond / limit.perSecond);
    rates.push(ours.perSecond);
    errors += ours.errors + limit.errors;
  }
  const note = ` of bare (${median(rates).toFixed(0)}/s${errors > 0 ? `, ${errors} ERRORS` : ""})`;
  const line = atLeast(door.what, median(shares), door.target, "", note);
  return { ...line, isMet: line.isMet && errors === 0 };
};

const STEADY = { perSecond: 1_000, connections: 64 } as const;

/**
 * The same rate for as long as a person would notice, after a few seconds in which both sides open their connections. Of three runs the
 * median counts, as elsewhere: a machine whose host takes its processors away for a while says nothing about Maru.
 */
const runSteady = async (origin: string, request: Request, { turns, seconds }: { turns: number; seconds: number }): Promise<Steady> => {
  await measureAtRate(origin, () => request, { ...STEADY, seconds: 3 });
  const runs: Steady[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = readProcessorTicks();
    const result = await measureAtRate(origin, () => request, { ...STEADY, seconds });
    runs.push({ ...result, stolen: stolenShare(before, readProcessorTicks()) });
  }
  const p95Ms = median(runs.map((run) => run.p95Ms));
  return { ...(runs.find((run) => run.p95Ms === p95Ms) as Steady), errors: runs.reduce((sum, run) => sum + run.errors, 0) };
};

const steadyLine = (what: string, seconds: number, ours: Steady, bare: Steady): Line => {
  const stolen = `${(100 * ours.stolen).toFixed(0)} % stolen`;
  const note = ` (bare ${bare.p95Ms.toFixed(1)} ms; ${ours.perSecond.toFixed(0)}/s, ${ours.errors} errors, ${stolen})`;
  const line = atMost(`1,000 req/s for ${seconds} s, ${what}: p95`, ours.p95Ms, 20, " ms", note);
  return { ...line, isMet: line.isMet && ours.errors === 0 };
};

const measurePicture = async (origin: string, cookie: string, requests: Requests): Promise<Line> => {
  const bares: number[] = [];
  const ours: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const photo = await drawPhoto();
    const bareMs = await measureBareSharp(photo);
    const ourMs = await measureUploadToThumbnail(origin, cookie, photo, (id) => requests.query("files.getFile", { id }));
    // The first turn starts the media process.
    if (turn > 0) {
      bares.push(bareMs);
      ours.push(ourMs);
    }
  }
  const limit = 2 * median(bares) + 1_000;
  return atMost(
    "12-megapixel photo, upload to thumbnails",
    median(ours),
    Math.round(limit),
    " ms",
    ` (bare sharp ${median(bares).toFixed(0)} ms)`,
  );
};

/** The post list as a person opens it for the first time, in Chromium. */
const measurePage = async (origin: string, cookie: string): Promise<Line[]> => {
  const { javascriptKib, cls, lcpMs } = await measureWebPage(origin, cookie);
  return [
    atMost("post list page, JavaScript gzipped", javascriptKib, 240, " KiB"),
    atMost("post list page, layout shift", cls, 0.02),
    atMost("post list page, largest paint at a quarter of the speed", lcpMs, 800, " ms"),
  ];
};

const measureLatency = async (origin: string, request: Request): Promise<number> => {
  await measureAtRate(origin, () => request, { perSecond: 200, seconds: 2, connections: 8 });
  return (await measureAtRate(origin, () => request, { perSecond: 200, seconds: 5, connections: 8 })).p50Ms;
};

/** The demo's pictures are made by a process that ends when it has had nothing to do for a minute. */
const waitUntilAtRest = async ({ pid }: Instance): Promise<void> => {
  for (let second = 0; findProcess(pid, MEDIA) !== undefined; second += 1) {
    if (second === 180) throw new Error("the media process did not end");
    await sleep(1_000);
  }
};

type Depth = { readonly isFull: boolean; readonly isQuick: boolean };

/** Everything about one instance: its list latency always, the doors, streams, memory and pictures at full size. */
export const measureDoors = async (instance: Instance, redisUrl: string, { isFull, isQuick }: Depth) => {
  const { origin } = instance;
  const cookie = await signInOnWeb(origin, "hong");
  const requests = createRequests({ cookie, token: await signInOnApi(origin, "hong") });
  const scene = await findScene(origin, requests);
  const doors = doorsOf(scene, requests);
  const list = (doors[0] as Door).next;
  const listP50Ms = await measureLatency(origin, list());
  if (!isFull) return { listP50Ms, lines: [] };

  const everything = [instance.pid, ...(await serverPids(instance.databaseUrl, redisUrl))];
  await waitUntilAtRest(instance);
  const idleMb = proportionalMb(everything);
  const lines: Line[] = [];
  const [runs, seconds] = isQuick ? [1, 2] : [5, 4];
  const steady = isQuick ? { turns: 1, seconds: 5 } : { turns: 3, seconds: 30 };
  const throughTrpc = await runSteady(origin, list(), steady);
  const throughRest = await runSteady(origin, (doors[1] as Door).next(), steady);
  const busyMb = proportionalMb(everything);
  const bare = await startBare(instance, await record(instance, redisUrl, scene));
  const bareSteady = await runSteady(bare.origin, { method: "GET", path: "/list", headers: {} }, { ...steady, turns: 1 });
  lines.push(steadyLine("tRPC", steady.seconds, throughTrpc, bareSteady), steadyLine("REST", steady.seconds, throughRest, bareSteady));
  for (const door of doors) {
    lines.push(await measureDoor(origin, bare.origin, door, runs, seconds));
    process.stdout.write(`  ${door.what}: ${lines.at(-1)?.measured}\n`);
  }
  bare.stop();
  lines.push(atMost("memory of everything, idle", idleMb, 450, " MB"));
  lines.push(atMost("memory of everything, at 1,000 req/s", busyMb, 800, " MB"));
  lines.push(
    atMost("2,000 open streams", await measureStreams(origin, cookie, findProcess(instance.pid, WEB) as number, 2_000), 250, " MB"),
  );
  lines.push(await measureSignIns(instance, list()));
  lines.push(await measurePicture(origin, cookie, requests));
  lines.push(...(await measurePage(origin, cookie)));
  return { listP50Ms, lines };
};
