import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { RunView, SourceView } from "@maru/api/sync/contract";
import { readBare } from "@maru/platform/ldap/testing/read-bare";
import { Client } from "pg";
import { Pool } from "undici";
import type { TestDirectory } from "../scripts/stack/directory.mjs";
import { type Instance, signInOnApi, signInOnWeb } from "./instance";
import { type LoadResult, measureAtRate, median, type Request } from "./load";
import { findProcess } from "./memory";
import { atMost, type Line } from "./report";
import { createRequests, type Requests } from "./requests";

type Kind = "ad" | "openldap";
type Directories = typeof import("../scripts/stack/directory.mjs");
type Organisation = typeof import("../scripts/stack/directory-organisation.mjs");

// As files of their own and no part of the bundle: they find the repository by where they stand.
const load = <Module>(script: string): Promise<Module> => import(pathToFileURL(resolve("scripts/stack", script)).href);

const WORKER = "apps/worker/dist/main.js";
const TURNS = 5;
const POLLED_EVERY_MS = 5;
const LIST_RATE = { perSecond: 100, connections: 8, seconds: 2 } as const;
const ATTRIBUTES = {
  ad: { username: "sAMAccountName", name: "displayName", email: "mail", employeeNo: "employeeID", title: "title", manager: "manager" },
  openldap: { username: "uid", name: "displayName", email: "mail", employeeNo: "employeeNumber", title: "title", manager: "manager" },
} as const;
const FILTERS = { ad: "(&(objectClass=user)(employeeID=*))", openldap: "(objectClass=inetOrgPerson)" } as const;
/** What an unchanged organisation must leave alone. */
const ORGANISATION = ["person", "person_card", "account", "affiliation", "department", "role_assignment", "sync_link", "sync_run_item"];

const send = async <Data>(origin: string, { path, ...request }: Request): Promise<Data> => {
  const response = await fetch(origin + path, request);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { result: { data: Data } }).result.data;
};

/** An administrator, and what she asks. */
type Desk = { readonly instance: Instance; readonly requests: Requests };

const openDesk = async (instance: Instance): Promise<Desk> => {
  const [cookie, token] = await Promise.all([signInOnWeb(instance.origin, "admin"), signInOnApi(instance.origin, "admin")]);
  return { instance, requests: createRequests({ cookie, token }) };
};

const ask = <Data>({ instance, requests }: Desk, procedure: string, input: unknown): Promise<Data> =>
  send(instance.origin, requests.query(procedure, input));
const order = <Data>({ instance, requests }: Desk, procedure: string, input: unknown): Promise<Data> =>
  send(instance.origin, requests.mutation(procedure, input)());

const saveSource = async (desk: Desk, kind: Kind, { settings }: TestDirectory): Promise<string> => {
  const { baseDn, groupDn, unitDn } = await load<Organisation>("directory-organisation.mjs");
  const roles = await ask<{ id: string; key: string }[]>(desk, "identity.listRoles", {});
  const { url, startTls, ca, bindDn, password } = settings;
  const mapping = {
    attributes: ATTRIBUTES[kind],
    departmentsFrom: "OU",
    units: [{ dn: unitDn("그룹"), departmentId: null }],
    groups: [{ dn: groupDn("everybody"), roleId: roles.find(({ key }) => key === "guest")?.id }],
  };
  const server = { url, startTls, ca, bindDn, password, baseDn, filter: FILTERS[kind] };
  const source = { kind: kind === "ad" ? "AD" : "OPENLDAP", name: kind, ...server, mapping, deltaMinutes: null, fullAtMinute: null };
  return (await order<SourceView>(desk, "sync.saveSource", source)).id;
};

/** One run from its beginning to its end, and how long it took as the worker has noted it, in seconds. */
const run = async (desk: Desk, sourceId: string, options: { isDryRun?: boolean; isFull?: boolean } = {}) => {
  const { id } = await order<RunView>(desk, "sync.startRun", { sourceId, isDryRun: false, isFull: true, ...options });
  for (;;) {
    const view = await ask<RunView>(desk, "sync.getRun", { id });
    if (view.state === "DONE") {
      const seconds = (Date.parse(view.finishedAt ?? "") - Date.parse(view.startedAt ?? "")) / 1000;
      return { seconds, read: view.phases.find(({ name }) => name === "reading")?.count ?? 0, counts: view.counts };
    }
    if (view.finishedAt) throw new Error(`a run of the bench ended as ${view.state}: ${view.failure ?? JSON.stringify(view.held)}`);
    await sleep(50);
  }
};

const rowsWritten = async (databaseUrl: string): Promise<number> => {
  // A connection that rests tells what it has written after ten seconds.
  await sleep(12_000);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ written: string }>(
    "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS written FROM pg_stat_user_tables WHERE relname = any($1)",
    [ORGANISATION],
  );
  await client.end();
  return Number(rows[0]?.written);
};

/** Asks the worker every few milliseconds whether it is alive, and says how long the longest answer took: nothing else is done meanwhile. */
const longestSilence = async <Result>({ instance }: Desk, work: () => Promise<Result>) => {
  const pool = new Pool(`http://127.0.0.1:${instance.workerPort}`, { connections: 1 });
  let isOver = false;
  let longestMs = 0;
  const poll = async () => {
    while (!isOver) {
      const startedAt = performance.now();
      const { body } = await pool.request({ method: "GET", path: "/livez" });
      await body.dump();
      longestMs = Math.max(longestMs, performance.now() - startedAt);
      await sleep(POLLED_EVERY_MS);
    }
  };
  const polling = poll();
  try {
    return { result: await work(), longestMs: () => longestMs };
  } finally {
    isOver = true;
    await polling;
    await pool.close();
  }
};

/** Reads a list of the web again and again while something is done; gives the slowest stretch. */
const listMeanwhile = async <Result>(desk: Desk, work: () => Promise<Result>) => {
  const boards = await ask<{ id: string }[]>(desk, "board.listBoards", {});
  const list = desk.requests.query("board.listPosts", { boardId: boards[0]?.id });
  let isOver = false;
  const stretches: LoadResult[] = [];
  const working = work().finally(() => {
    isOver = true;
  });
  while (!isOver) stretches.push(await measureAtRate(desk.instance.origin, () => list, LIST_RATE));
  const result = await working;
  return {
    result,
    p95Ms: Math.max(...stretches.map(({ p95Ms }) => p95Ms)),
    errors: stretches.reduce((sum, { errors }) => sum + errors, 0),
  };
};

const peakMb = ({ instance }: Desk): number => {
  const pid = findProcess(instance.pid, WORKER);
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
};

const startDirectory = async (kind: Kind, more: number): Promise<TestDirectory> => {
  const { startTestDirectory } = await load<Directories>("directory.mjs");
  const directory = await startTestDirectory(kind, { more });
  if (typeof directory === "string") throw new Error(directory);
  return directory;
};

const bareSeconds = async (kind: Kind, { settings }: TestDirectory): Promise<{ people: number; seconds: number }> => {
  const { baseDn } = await load<Organisation>("directory-organisation.mjs");
  const attributes = [...Object.values(ATTRIBUTES[kind]), "userAccountControl", "accountExpires", "modifyTimestamp", "objectGUID"];
  const startedAt = performance.now();
  const people = await readBare(settings, { base: baseDn, filter: FILTERS[kind], attributes, pageSize: 1_000 });
  return { people, seconds: (performance.now() - startedAt) / 1000 };
};

const changeThree = async (directory: TestDirectory, turn: number): Promise<void> => {
  const { dnOfPerson, ldifEntry } = await load<Organisation>("directory-organisation.mjs");
  const who = ["hong.gildong", "lee.jiwon", "an.mail"];
  const changeOf = (id: string) => ({ changetype: "modify", replace: "displayName", displayName: `이름 ${id} ${turn}` });
  await directory.change(who.map((id) => ldifEntry(dnOfPerson(id), changeOf(id))).join(""));
};

/** Active Directory, beside the client library alone on the same people: the first run, an unchanged one, and one of three changes. */
export const measureActiveDirectory = async (instance: Instance, more: number): Promise<Line[]> => {
  const desk = await openDesk(instance);
  const directory = await startDirectory("ad", more);
  try {
    const sourceId = await saveSource(desk, "ad", directory);
    await run(desk, sourceId, { isDryRun: true });
    const bare = [];
    for (let turn = 0; turn < TURNS; turn += 1) bare.push(await bareSeconds("ad", directory));
    const limit = median(bare.map(({ seconds }) => seconds));
    const { result: first, longestMs } = await longestSilence(desk, () => run(desk, sourceId));
    const before = await rowsWritten(instance.databaseUrl);
    const unchanged: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) unchanged.push((await run(desk, sourceId)).seconds);
    const written = (await rowsWritten(instance.databaseUrl)) - before;
    const deltas: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await changeThree(directory, turn);
      const { seconds, counts } = await run(desk, sourceId, { isFull: false });
      if (counts["PERSON.UPDATE"] !== 3) throw new Error(`not three changes were found: ${JSON.stringify(counts)}`);
      deltas.push(seconds);
    }
    const people = `${(bare[0]?.people ?? 0).toLocaleString("en")} people of Active Directory`;
    const note = ` (bare ${limit.toFixed(2)} s)`;
    return [
      atMost(`${people}, first run: twice the bare reading and a second`, first.seconds, Number((2 * limit + 1).toFixed(2)), " s", note),
      atMost(`${people}, nothing changed: against the bare reading`, median(unchanged) / limit, 1.3, "x", note),
      atMost("rows written when nothing changed", written, 0),
      atMost("three changes", median(deltas), 0.3, " s"),
      atMost("the worker's longest silence, first run", longestMs(), 100, " ms"),
    ];
  } finally {
    await directory.stop();
  }
};

/** A large OpenLDAP, with people who read lists meanwhile. */
export const measureOpenLdap = async (instance: Instance, more: number): Promise<Line[]> => {
  const desk = await openDesk(instance);
  const directory = await startDirectory("openldap", more);
  try {
    const sourceId = await saveSource(desk, "openldap", directory);
    await run(desk, sourceId, { isDryRun: true });
    const { result, longestMs } = await longestSilence(desk, () => listMeanwhile(desk, () => run(desk, sourceId)));
    const people = `${result.result.read.toLocaleString("en")} people of OpenLDAP`;
    const list = atMost("list p95 meanwhile, slowest two seconds", result.p95Ms, 50, " ms", ` (${result.errors} errors)`);
    return [
      atMost(`${people}, first run`, result.result.seconds, 30, " s"),
      atMost("the worker's memory at its largest", peakMb(desk), 600, " MB"),
      atMost("the worker's longest silence", longestMs(), 100, " ms"),
      { ...list, isMet: list.isMet && result.errors === 0 },
    ];
  } finally {
    await directory.stop();
  }
};
