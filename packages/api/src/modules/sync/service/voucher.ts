import { bindAs, type LdapEntry, openLdap } from "@maru/platform/ldap/connection";
import { escapeFilterValue, guidFilter } from "@maru/platform/ldap/grammar";
import { LdapError, type LdapErrorCode } from "@maru/platform/ldap/ldap-error";
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
} from "cockatiel";
import type { Ctx } from "../../../tools";
import type { Verdict, Voucher } from "../../../voucher";
import { normalise } from "../normalise";
import type { Source } from "./execute";
import { attributesOf, type Server, serverOf } from "./read-directory";

/** For everything that one sign-in asks of a directory: somebody waits for it. */
const DEADLINE_MS = 3_000;
/** After so many failures in a row a directory is left alone for a while, longer each time: nobody waits for one that is dead. */
const FAILURES = 3;
const PAUSE = { initialDelay: 5_000, maxDelay: 30_000 };
/** So long a failure says that a directory is down: nobody may be trying it any more, and a source may be deleted meanwhile. */
const REMEMBERED_MS = 60_000;

/**
 * What a refused bind means to whoever typed the password. Directories say `accountLocked` before they have looked at it, so that it tells
 * strangers who is there; who is disabled is told no more here than in Maru itself. The last two are said of an entry that nobody can bind as.
 */
const VERDICTS: Partial<Record<LdapErrorCode, Verdict>> = {
  badPassword: "wrong",
  accountDisabled: "wrong",
  accountLocked: "wrong",
  accountExpired: "expired",
  passwordExpired: "mustChange",
  mustChangePassword: "mustChange",
  strongAuthRequired: "wrong",
  baseUnknown: "wrong",
};

/** The one entry with this id, if the source still has it in its scope. */
const findEntry = async (server: Server, kind: Source["kind"], externalId: string, signal: AbortSignal): Promise<LdapEntry | null> => {
  const ofId = kind === "AD" ? guidFilter(externalId) : `(entryUUID=${escapeFilterValue(externalId)})`;
  const connection = await openLdap(server.settings, signal);
  try {
    const found: LdapEntry[] = [];
    const search = { base: server.baseDn, filter: `(&${server.filter}${ofId})`, attributes: attributesOf(server.mapping) };
    for await (const page of connection.pages(search)) found.push(...page);
    return found.length === 1 ? (found[0] ?? null) : null;
  } finally {
    await connection.close();
  }
};

const bindVerdict = async (server: Server, dn: string, password: string, signal: AbortSignal): Promise<Verdict> => {
  try {
    await bindAs(server.settings, dn, password, signal);
    return "right";
  } catch (error) {
    const verdict = error instanceof LdapError ? VERDICTS[error.code] : undefined;
    if (verdict === undefined) throw error;
    return verdict;
  }
};

/** Asks the directory. Throws when it can't be asked, whatever the reason, and also when Maru's own account there is refused. */
const askDirectory = async (ctx: Ctx, source: Source, externalId: string, password: string): Promise<Verdict> => {
  const { settings, ...rest } = serverOf(ctx, source);
  const server = { ...rest, settings: { ...settings, timeoutMs: DEADLINE_MS } };
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const entry = await findEntry(server, source.kind, externalId, signal);
  if (entry === null) return "wrong";
  const verdict = await bindVerdict(server, entry.dn, password, signal);
  const person = normalise(entry, server.mapping, () => null);
  if (verdict !== "right" || person === null) return verdict;
  if (person.isDisabled) return "wrong";
  // Nothing changes in the directory when the time passes, and not every server looks at it.
  return person.expiresAt !== null && new Date(person.expiresAt) <= ctx.now() ? "expired" : "right";
};

const newBreaker = (): CircuitBreakerPolicy =>
  circuitBreaker(handleAll, { halfOpenAfter: new ExponentialBackoff(PAUSE), breaker: new ConsecutiveBreaker(FAILURES) });

/**
 * Vouches for the passwords of those whom directories have brought: finds the person's entry by the id that never changes, and binds as it on
 * a connection of its own. What somebody typed as her name is never part of what is asked, and an empty password is asked of nobody.
 */
export const openVoucher = (): Voucher => {
  const breakers = new Map<string, CircuitBreakerPolicy>();
  let failedAt = Number.NEGATIVE_INFINITY;
  const breakerOf = (sourceId: string): CircuitBreakerPolicy => {
    const breaker = breakers.get(sourceId) ?? newBreaker();
    breakers.set(sourceId, breaker);
    return breaker;
  };
  return {
    check: async (ctx, { sourceId, personId }, password) => {
      if (password === "" || password.includes("\0")) return "wrong";
      const link = await ctx.db.syncLink.findFirst({ where: { sourceId, personId, target: "PERSON" }, include: { source: true } });
      if (!link || link.source.kind === "FILE") return "wrong";
      try {
        return await breakerOf(sourceId).execute(() => askDirectory(ctx, link.source, link.externalId, password));
      } catch (error) {
        if (error instanceof BrokenCircuitError) return "unavailable";
        failedAt = performance.now();
        ctx.log.warn({ err: error, sourceId }, "a directory could not be asked for a password");
        return "unavailable";
      }
    },
    isDown: () => performance.now() - failedAt < REMEMBERED_MS && [...breakers.values()].some(({ state }) => state !== CircuitState.Closed),
  };
};
