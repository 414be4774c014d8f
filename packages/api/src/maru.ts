import { openDatabase } from "@maru/db/client";
import { type Actor, createContext } from "@maru/db/context";
import type { OnceKey } from "@maru/db/outbox";
import { type Clock, systemClock } from "@maru/platform/clock";
import { openKeyring } from "@maru/platform/crypto/keyring";
import { createTokens } from "@maru/platform/crypto/token";
import { createHints } from "@maru/platform/hints";
import { createLimits } from "@maru/platform/http/limits";
import { type ImageMaker, noImages } from "@maru/platform/images";
import type { Log } from "@maru/platform/log";
import type { Mailer } from "@maru/platform/mail";
import { createLocalStorage } from "@maru/platform/storage/local";
import { departures, personalData, subjects } from "./modules";
import { AUDIT_KEPT_DAYS, createSealing } from "./modules/audit/service";
import { type FederationSettings, openProviders } from "./modules/federation/service";
import { openVoucher } from "./modules/sync/service";
import type { Ctx, Tools } from "./tools";

type MaruOptions = {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dataDir: string;
  readonly secret: string;
  /** The list of keys for secrets in the database; without one, the file of the data folder. */
  readonly keys?: string | null;
  /** Secrets that the installation had before: what was sealed with them is still verified. */
  readonly formerSecrets?: readonly string[];
  readonly poolSize: number;
  /** How long one statement may take; a process that people wait for is told less than one that works in the background. */
  readonly statementTimeoutMs?: number;
  readonly processName: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** How long audit entries are kept; only the process that takes them away is told. */
  readonly auditKeptDays?: number;
  /** Only a process that makes pictures hands one in; the others refuse to. */
  readonly images?: ImageMaker;
  /** Only a process that sends mails hands one in; without it they stay in the mailbox. */
  readonly mailer?: Mailer | null;
  /** The one address under which people open Maru. Only a process that writes links is told. */
  readonly origin?: string;
  /** How this installation is registered at other providers. Only the process in which people sign in is told. */
  readonly federation?: FederationSettings;
};

/** Everything that a process of Maru shares: one pool, one storage, one hint bus. Each composition root makes exactly one. */
export const createMaru = (options: MaruOptions) => {
  const { log, clock = systemClock } = options;
  const database = openDatabase({
    url: options.databaseUrl,
    poolSize: options.poolSize,
    statementTimeoutMs: options.statementTimeoutMs,
    applicationName: `maru ${options.processName}`,
    onError: (error) => log.warn({ err: error.message }, "a database connection was lost"),
  });
  const hints = createHints(options.redisUrl, log);
  const limits = createLimits(options.redisUrl, log);
  const tools: Tools = {
    storage: createLocalStorage(options.dataDir),
    tokens: createTokens(options.secret, clock),
    keyring: openKeyring(options.dataDir, options.keys ?? null),
    images: options.images ?? noImages,
    mailer: options.mailer ?? null,
    origin: options.origin ?? "http://127.0.0.1:3000",
    hints,
    limits,
    loginProviders: openProviders(options.federation ?? {}),
    voucher: openVoucher(),
    subjects,
    personalData,
    departures,
    sealing: {
      ...createSealing(options.secret, options.dataDir, options.formerSecrets),
      keptDays: options.auditKeptDays ?? AUDIT_KEPT_DAYS,
    },
  };
  return {
    database,
    hints,
    tools,
    clock,
    log,
    /** The `ctx` of one request or job. */
    contextFor: (request: { actor: Actor; requestId: string; log?: Log; once?: OnceKey }): Ctx =>
      createContext({ database, hints, clock, tools, ...request, log: request.log ?? log }),
    close: async () => {
      hints.close();
      limits.close();
      await tools.images.close();
      tools.mailer?.close();
      await database.close();
    },
  };
};
export type Maru = ReturnType<typeof createMaru>;
