import { X509Certificate } from "node:crypto";
import { newId } from "@maru/platform/crypto/id";
import { parseFilter } from "@maru/platform/ldap/grammar";
import { LdapError } from "@maru/platform/ldap/ldap-error";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import {
  type ConfigView,
  type SaveConfigInput,
  type SaveSourceInput,
  type SourceView,
  type StatusView,
  syncErrors,
  UNDER_WAY,
} from "../contract";
import { getSource, listRuns, listSources, type SourceRow } from "../queries";
import { nextTimes } from "../timing";
import { secretPlace } from "./read-directory";

const SOURCE = "sync.source";

type Address = Pick<SaveSourceInput, "url" | "startTls" | "ca" | "bindDn" | "password">;

/**
 * The password that a connection to this address may use: what was typed, or what is kept, for the address that it was typed for alone.
 * Otherwise whoever may set a source up could have its password sent to a server of her own.
 */
export const passwordFor = (ctx: Pick<Ctx, "tools"> | Pick<TxCtx, "tools">, stored: SourceRow | null, address: Address): string => {
  if (address.password !== undefined) return address.password;
  const isSame =
    stored !== null &&
    stored.url === address.url &&
    stored.startTls === address.startTls &&
    stored.ca === address.ca &&
    stored.bindDn === address.bindDn;
  if (!isSame || stored.secret === null) throw syncErrors.passwordNeeded();
  return ctx.tools.keyring.open(stored.secret, secretPlace(stored.id));
};

const LOOPBACK = /^ldap:\/\/(?:localhost|127\.\d+\.\d+\.\d+)(?::|$)/;

/** Refuses what could never work, before anything of it is kept or tried. */
export const refuseUnusable = ({ url, startTls, ca, filter }: Pick<SaveSourceInput, "url" | "startTls" | "ca" | "filter">): void => {
  if (url.startsWith("ldap:") && !startTls && !LOOPBACK.test(url)) throw syncErrors.encryptionNeeded();
  try {
    parseFilter(filter);
  } catch (error) {
    if (error instanceof LdapError) throw syncErrors.filterInvalid();
    throw error;
  }
  if (ca === null) return;
  try {
    for (const certificate of ca.split(/(?<=-----END CERTIFICATE-----)/u)) if (certificate.trim() !== "") new X509Certificate(certificate);
  } catch {
    throw syncErrors.authorityInvalid();
  }
};

const refuseUnknown = async ({ db }: TxCtx, { mapping, rootDepartmentId }: SaveSourceInput): Promise<void> => {
  const departmentIds = [
    ...new Set([rootDepartmentId, ...mapping.units.map(({ departmentId }) => departmentId)].filter((id) => id !== null)),
  ];
  if ((await db.department.count({ where: { id: { in: departmentIds } } })) !== departmentIds.length) throw syncErrors.departmentUnknown();
  const roleIds = [...new Set(mapping.groups.map(({ roleId }) => roleId))];
  if ((await db.role.count({ where: { id: { in: roleIds } } })) !== roleIds.length) throw syncErrors.roleUnknown();
};

const findStored = async (tx: TxCtx, { id, version }: SaveSourceInput): Promise<SourceRow | null> => {
  if (id === null) return null;
  await raw`SELECT 1 FROM sync_source WHERE id = ${id}::uuid FOR UPDATE`.execute(tx.sql);
  const stored = await tx.db.syncSource.findUnique({ where: { id } });
  if (!stored || stored.kind === "FILE") throw syncErrors.sourceNotFound();
  if (stored.version !== version) throw syncErrors.sourceChanged();
  return stored;
};

// Where a source has read to means nothing for another server.
const cursorsOf = (stored: SourceRow | null, { url, kind }: SaveSourceInput) =>
  stored?.url === url && stored.kind === kind ? {} : { invocationId: null, usn: null, modifyTimestamp: null };

const CHANGEABLE = ["name", "url", "bindDn", "baseDn", "filter", "isEnabled", "deltaMinutes", "fullAtMinute"] as const;

/** Makes a source, or saves it. The password is sealed for its row and never shown again. */
export const saveSource = (ctx: Ctx, input: SaveSourceInput): Promise<SourceView> =>
  ctx.tx(async (tx) => {
    refuseUnusable(input);
    const stored = await findStored(tx, input);
    await refuseUnknown(tx, input);
    const { id: _id, version: _version, password: _password, ...settings } = input;
    const id = stored?.id ?? newId();
    const namesake = await tx.db.syncSource.findUnique({ where: { name: settings.name }, select: { id: true } });
    if (namesake && namesake.id !== id) throw syncErrors.nameTaken();
    const now = tx.now();
    const values = {
      ...settings,
      ...cursorsOf(stored, input),
      secret: tx.tools.keyring.seal(passwordFor(tx, stored, input), secretPlace(id)),
      ...(settings.isEnabled ? nextTimes(settings, now) : { nextDeltaAt: null, nextFullAt: null }),
      updatedAt: now,
      updatedById: tx.actor.id,
    };
    if (stored) await tx.db.syncSource.update({ where: { id }, data: { ...values, version: { increment: 1 } } });
    else await tx.db.syncSource.create({ data: { id, ...values, createdAt: now } });
    const changed = CHANGEABLE.filter((field) => stored?.[field] !== settings[field]);
    const details = {
      changed: Object.fromEntries(changed.map((field) => [field, settings[field]])),
      isNewPassword: input.password !== undefined,
    };
    tx.record({ action: stored ? "sync.source.change" : "sync.source.create", subjectType: SOURCE, subjectId: id, details });
    return getSource(tx, id);
  });

/** Forgets a source with its runs and links. The people whom it has brought stay; nobody vouches for their passwords any more. */
export const deleteSource = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    await raw`SELECT 1 FROM sync_source WHERE id = ${id}::uuid FOR UPDATE`.execute(tx.sql);
    const { name, kind } = await getSource(tx, id);
    // What files have changed can be taken back only as long as their source is there.
    if (kind === "FILE") throw syncErrors.sourceHasNoServer();
    const run = await tx.db.syncRun.findFirst({ where: { sourceId: id, state: { in: [...UNDER_WAY] } }, select: { id: true } });
    if (run) throw syncErrors.runUnderWay({ runId: run.id });
    await tx.db.syncSource.delete({ where: { id } });
    tx.record({ action: "sync.source.delete", subjectType: SOURCE, subjectId: id, details: { name } });
    return { done: true as const };
  });

const findFirst = async (ctx: Ctx): Promise<SourceView | null> => (await listSources(ctx)).find(({ kind }) => kind !== "FILE") ?? null;

/** The first source, as scripts know it; null where there is none yet. */
export const getConfig = async (ctx: Ctx): Promise<ConfigView> => ({ source: await findFirst(ctx) });

/** Saves the first source, or makes it. */
export const saveConfig = async (ctx: Ctx, input: SaveConfigInput): Promise<ConfigView> => {
  const first = await findFirst(ctx);
  return { source: await saveSource(ctx, { ...input, id: first?.id ?? null, version: first?.version ?? 0 }) };
};

/** The first source and its last run. */
export const getStatus = async (ctx: Ctx): Promise<StatusView> => {
  const source = await findFirst(ctx);
  const runs = source ? await listRuns(ctx, { sourceId: source.id, limit: 1 }) : { items: [] };
  return { source, run: runs.items[0] ?? null };
};
