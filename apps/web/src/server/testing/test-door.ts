import type { AddressInfo } from "node:net";
import { createMaru, type Maru } from "@maru/api";
import type { FederationSettings } from "@maru/api/federation/service";
import type { BuiltInRole } from "@maru/api/identity/contract";
import { syncBuiltInRoles } from "@maru/api/identity/service";
import { createTestMaru } from "@maru/api/testing";
import type { PrismaReader } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import { testServers } from "@maru/db/testing/env";
import { newId } from "@maru/platform/crypto/id";
import type { TokenUse } from "@maru/platform/crypto/token";
import { createLog, type Log } from "@maru/platform/log";
import { composeApp, STATEMENT_TIMEOUT_MS } from "../compose";
import { createFrontDoor, type FrontDoorOptions } from "../front-door";
import type { PageHandler } from "../page-door";
import { startCuttableProxy } from "./cuttable-proxy";

type Options = {
  readonly settings?: Partial<FrontDoorOptions["settings"]>;
  readonly handlePage?: PageHandler;
  readonly migration?: string | null;
  /** Puts a cable between the door and its database, for tests that cut it. The data is still reached directly. */
  readonly isCuttable?: boolean;
  readonly federation?: FederationSettings;
  /** Where the domain's log goes; nowhere without one. */
  readonly log?: Log;
};

const HOUR_MS = 3_600_000;
/** A provider that is asked nothing before somebody comes back from it. */
const GITHUB: FederationSettings = { github: { clientId: "test", clientSecret: "test" } };
const DEFAULTS: FrontDoorOptions["settings"] = {
  origin: "http://127.0.0.1:1",
  trustedProxies: [],
  corsOrigins: [],
  metricsToken: null,
  readsPerSecond: 100_000,
  writesPerMinute: 100_000,
};

// Takes the place of the test's own Maru where the way to the database must be cut.
const createMaruBehind = (databaseUrl: string, dataDir: string): Maru =>
  createMaru({
    databaseUrl,
    redisUrl: testServers().redisUrl,
    dataDir,
    secret: "s".repeat(32),
    poolSize: 5,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    processName: "test door",
    log: createLog({ service: "test", level: "silent" }),
  });

const signingIn = (maru: Maru, db: PrismaReader, settings: { readonly origin: string; readonly sessionCookie: string }) => {
  /** A session of the actor, opened without a password. */
  const openSession = async (actor: Actor, use: TokenUse): Promise<{ sessionId: string; token: string }> => {
    const sessionId = newId();
    const expiresAt = new Date(Date.now() + HOUR_MS);
    const kind = use === "web" ? "WEB" : "API";
    await db.session.create({ data: { id: sessionId, accountId: actor.accountId as string, kind, expiresAt, provedAt: new Date() } });
    return { sessionId, token: await maru.tools.tokens.sign(use, { sid: sessionId, ver: 1, sub: actor.id }, expiresAt) };
  };
  return {
    openSession,
    giveRole: async (actor: Actor, key: BuiltInRole, departmentId?: string): Promise<void> => {
      const role = await db.role.findUniqueOrThrow({ where: { key } });
      await db.roleAssignment.create({ data: { id: newId(), accountId: actor.accountId as string, roleId: role.id, departmentId } });
    },
    /** The headers of a browser in which the actor has signed in, on our own page. */
    browser: async (actor: Actor): Promise<Record<string, string>> => ({
      cookie: `${settings.sessionCookie}=${(await openSession(actor, "web")).token}`,
      origin: settings.origin,
      "sec-fetch-site": "same-origin",
    }),
    bearer: async (actor: Actor): Promise<Record<string, string>> => ({
      authorization: `Bearer ${(await openSession(actor, "access")).token}`,
    }),
  };
};

/** The front door on a port of its own, before the real domain on a real database. Pages are answered by `handlePage`, not by Next.js. */
export const startTestDoor = async (options: Options = {}) => {
  const test = await createTestMaru({ log: options.log, federation: options.federation ?? GITHUB });
  const cable = options.isCuttable ? await startCuttableProxy(new URL(test.databaseUrl)) : null;
  const maru = cable ? createMaruBehind(cable.url, test.dataDir) : test.maru;
  await syncBuiltInRoles(test.maru.database);
  const lines: string[] = [];
  // The origin is no real address: nothing may be built from where a request seems to have come.
  const settings = { ...DEFAULTS, ...options.settings };
  const { app, authenticator } = composeApp(maru, { origin: settings.origin, isDemo: false, secret: "s".repeat(32) });
  const { sessionCookie } = app.config;
  const door = createFrontDoor({
    maru,
    authenticator,
    settings,
    sessionCookie,
    migration: options.migration ?? null,
    handlePage: options.handlePage ?? (async (_request, response) => void response.end("page")),
    accessLog: { write: (line) => void lines.push(line) },
  });
  await new Promise<void>((resolve) => door.server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
  const signing = signingIn(maru, test.db, { origin: settings.origin, sessionCookie });
  await signing.giveRole(test.actors.member, "member");
  await signing.giveRole(test.actors.other, "member");
  await signing.giveRole(test.actors.guest, "guest");
  await signing.giveRole(test.actors.admin, "system-admin");
  const stop = async (): Promise<void> => {
    await door.drain(1_000);
    authenticator.close();
    if (cable) {
      await maru.close();
      await cable.cut();
    }
    await test.stop();
  };
  return { ...test, ...signing, maru, app, cable, authenticator, door, url, origin: settings.origin, lines, stop };
};
export type TestDoor = Awaited<ReturnType<typeof startTestDoor>>;
