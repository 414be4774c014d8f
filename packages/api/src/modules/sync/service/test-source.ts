import { type LdapConnection, type LdapEntry, openLdap } from "@maru/platform/ldap/connection";
import { dnKey } from "@maru/platform/ldap/dn";
import { LdapError } from "@maru/platform/ldap/ldap-error";
import { testConnection } from "@maru/platform/ldap/stages";
import type { Ctx } from "../../../tools";
import {
  type SampleView,
  type StageView,
  syncErrors,
  TEST_STAGES,
  type TestSourceInput,
  type TestStepView,
  type TestView,
} from "../contract";
import type { Desired, Item, NormalPerson } from "../desired";
import { normalise } from "../normalise";
import { plan } from "../plan";
import type { SourceRow } from "../queries";
import { readCurrent } from "./current";
import { attributesOf, readUnits, type Server } from "./read-directory";
import { describePhoto } from "./read-photos";
import { passwordFor, refuseUnusable } from "./sources";

const TIMEOUT_MS = 8_000;
const SAMPLES = 20;
const NO_SOURCE = "00000000-0000-7000-8000-000000000000";

const readSamples = async (connection: LdapConnection, { baseDn, filter, mapping }: Server): Promise<LdapEntry[]> => {
  const { photo } = mapping.attributes;
  const attributes = [...attributesOf(mapping), ...(photo === null ? [] : [photo])];
  for await (const page of connection.pages({ base: baseDn, filter, attributes, pageSize: SAMPLES })) return page.slice(0, SAMPLES);
  return [];
};

const VERDICTS = { CREATE: "create", UPDATE: "update", REACTIVATE: "update", FOUND: "update", DEACTIVATE: "deactivate" } as const;
const verdictOf = (items: readonly Item[], isKnown: boolean): Pick<SampleView, "verdict" | "error"> => {
  const conflict = items.find(({ status }) => status === "CONFLICT");
  if (conflict) return { verdict: "conflict", error: conflict.error };
  const [item] = items;
  // Whoever is not let in and was never here is nobody's business.
  if (!item) return { verdict: isKnown ? "unchanged" : "ignored", error: null };
  return { verdict: VERDICTS[item.action as keyof typeof VERDICTS] ?? "update", error: item.error };
};

/** What a run would do with these entries, and how each field of theirs is filled. */
const judge = async (ctx: Ctx, sourceId: string, people: readonly NormalPerson[], units: Desired["departments"]) => {
  const desired: Desired = { departments: units, hasAllDepartments: false, people, presentIds: null, goneIds: [], roles: null };
  const current = await readCurrent(ctx, sourceId, desired);
  const { items } = await plan(desired, current, ctx.now());
  const names = new Map((units ?? []).map(({ externalId, name }) => [externalId, name]));
  return people.map((person): SampleView => {
    const { department, ...fields } = person.fields;
    const shown = {
      ...fields,
      ...(department === undefined ? {} : { department: department === null ? null : (names.get(department) ?? null) }),
    };
    const own = items.filter(({ target, externalId }) => target === "PERSON" && externalId === person.externalId);
    return { dn: person.dn, fields: shown, ...verdictOf(own, current.people.has(person.externalId)) };
  });
};

const missingOf = (samples: readonly SampleView[]): Record<string, number> => {
  const missing: Record<string, number> = {};
  for (const { fields } of samples)
    for (const [field, value] of Object.entries(fields))
      if (value === null) missing[`missing.${field}`] = (missing[`missing.${field}`] ?? 0) + 1;
  return missing;
};

const countsOf = (samples: readonly SampleView[]) => {
  const count = (wanted: SampleView["verdict"]) => samples.filter(({ verdict }) => verdict === wanted).length;
  return { created: count("create"), updated: count("update"), deactivated: count("deactivate"), conflicts: count("conflict") };
};

/** The samples, each with what its photo is where photos are mapped. */
const withPhotos = (samples: readonly SampleView[], entries: readonly LdapEntry[], { mapping }: Server): Promise<SampleView[]> => {
  const { photo } = mapping.attributes;
  const entryOf = new Map(entries.map((entry) => [dnKey(entry.dn), entry]));
  return Promise.all(
    samples.map(async (sample) => {
      const entry = entryOf.get(sample.dn);
      return photo === null || !entry ? sample : { ...sample, fields: { ...sample.fields, photo: await describePhoto(entry, photo) } };
    }),
  );
};

type Mapped = { readonly stage: Omit<StageView, "ms">; readonly samples: SampleView[] };

/** The ninth stage: how our own eyes see what the server gave. */
const testMapping = async (ctx: Ctx, sourceId: string, server: Server, signal: AbortSignal | undefined): Promise<Mapped> => {
  const connection = await openLdap(server.settings, signal);
  try {
    const units = await readUnits(connection, server);
    const entries = await readSamples(connection, server);
    const people = entries.flatMap((entry) => normalise(entry, server.mapping, units.departmentOf) ?? []);
    const judged = await judge(ctx, sourceId, people, server.mapping.departmentsFrom === "NONE" ? null : units.all());
    const samples = await withPhotos(judged, entries, server);
    const facts = {
      count: samples.length,
      withoutId: entries.length - people.length,
      departments: units.all().length,
      ...countsOf(samples),
      ...missingOf(samples),
    };
    return { stage: { stage: "mapping", state: "passed", code: null, facts }, samples };
  } finally {
    await connection.close();
  }
};

const failedMapping = (error: unknown): Mapped => {
  if (!(error instanceof LdapError)) throw error;
  return { stage: { stage: "mapping", state: "failed", code: error.code, facts: {} }, samples: [] };
};

const SKIPPED: Mapped = { stage: { stage: "mapping", state: "skipped", code: null, facts: {} }, samples: [] };

async function* goThrough(
  ctx: Ctx,
  { sourceId, server }: Tried,
  signal: AbortSignal | undefined,
): AsyncGenerator<TestStepView, void, void> {
  let since = performance.now();
  let hasFailed = false;
  const timed = (stage: Omit<StageView, "ms">): StageView => {
    const ms = Math.round(performance.now() - since);
    since = performance.now();
    hasFailed ||= stage.state === "failed";
    return { ...stage, ms };
  };
  for await (const { facts, ...report } of testConnection(server.settings, { base: server.baseDn, filter: server.filter }, signal))
    yield { stage: timed({ ...report, facts: facts as StageView["facts"] }), samples: [] };
  const { stage, samples } = hasFailed ? SKIPPED : await testMapping(ctx, sourceId, server, signal).catch(failedMapping);
  yield { stage: timed(stage), samples };
}

const findStored = async ({ db }: Ctx, id: string | null): Promise<SourceRow | null> => {
  if (id === null) return null;
  const stored = await db.syncSource.findUnique({ where: { id } });
  if (!stored) throw syncErrors.sourceNotFound();
  return stored;
};

/** What is tried: settings with the password that goes to the server, and the saved source that they are of. */
export type Tried = { readonly sourceId: string; readonly server: Server };

/** What a test needs, refused before anything is tried: settings that could never work, and a password that is another server's. */
export const prepareTest = async (ctx: Ctx, { id, ...input }: TestSourceInput): Promise<Tried> => {
  refuseUnusable(input);
  const stored = await findStored(ctx, id);
  const password = passwordFor(ctx, stored, input);
  const { url, startTls, ca, bindDn, baseDn, filter, mapping } = input;
  const settings = { url, startTls, ca, bindDn, password, timeoutMs: TIMEOUT_MS };
  return { sourceId: id ?? NO_SOURCE, server: { settings, baseDn, filter, mapping } };
};

const isPassed = (stages: readonly StageView[]): boolean =>
  stages.length === TEST_STAGES.length && stages.every(({ state }) => state !== "failed");

const noteTest = (ctx: Ctx, { sourceId, server }: Tried, stages: readonly StageView[]): Promise<void> =>
  ctx.tx(async (tx) => {
    const failed = stages.find(({ state }) => state === "failed");
    const outcome = { isPassed: isPassed(stages), failed: failed?.stage ?? null, code: failed?.code ?? null };
    const details = { url: server.settings.url, ...outcome };
    tx.record({ action: "sync.source.test", subjectType: "sync.source", subjectId: sourceId, details });
  });

/**
 * Tries settings stage by stage, saved or not: from the name of the server to what a run would do with the first twenty entries. Nothing of the
 * directory or of Maru is changed; that somebody had a password sent to a server is put on record, also when she leaves before the end.
 */
export async function* tryServer(ctx: Ctx, tried: Tried, signal?: AbortSignal): AsyncGenerator<TestStepView, void, void> {
  const stages: StageView[] = [];
  try {
    for await (const step of goThrough(ctx, tried, signal)) {
      stages.push(step.stage);
      yield step;
    }
  } finally {
    await noteTest(ctx, tried, stages);
  }
}

/** The whole test at once, for scripts. */
export const testSource = async (ctx: Ctx, input: TestSourceInput, signal?: AbortSignal): Promise<TestView> => {
  const stages: StageView[] = [];
  const samples: SampleView[] = [];
  for await (const step of tryServer(ctx, await prepareTest(ctx, input), signal)) {
    stages.push(step.stage);
    samples.push(...step.samples);
  }
  return { isPassed: isPassed(stages), stages, samples };
};
