import { createServer } from "node:http";
import { appRouter, type Maru, toAppError } from "@maru/api";
import type { Authenticated } from "@maru/api/identity/service";
import { createClientAddress } from "@maru/platform/http/address";
import { createWebTelemetry, type WebTelemetry } from "@maru/platform/telemetry";
import { createAccessLog } from "./access-log";
import { createJsonAnswer, retryAfterOf } from "./answer";
import type { Authenticator } from "./authenticator";
import { createCallLimits } from "./call-limits";
import { cookieName, EXTERNAL_COOKIE } from "./cookies";
import { asTrpcError, createDoors, type Doors } from "./doors";
import { createFilesDoor, isRestFile } from "./files-door";
import { createOpenStreams, type OpenStreams } from "./open-streams";
import { createPageDoor, type PageHandler } from "./page-door";
import { createProbes } from "./probes";
import { createRestDoor } from "./rest-door";
import { createSignInDoor, SIGN_IN_PREFIX } from "./sign-in-door";
import { type Command, createTrpcDoor } from "./trpc-door";
import { proceduresOf } from "./trpc-request";
import { createTrpcStreams } from "./trpc-streams";
import { openVisit, type Visit } from "./visit";

export const TRPC_PREFIX = "/api/trpc/";

export type FrontDoorOptions = {
  readonly maru: Maru;
  readonly authenticator: Authenticator;
  readonly settings: {
    readonly origin: string;
    readonly trustedProxies: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly metricsToken: string | null;
    readonly readsPerSecond: number;
    readonly writesPerMinute: number;
  };
  readonly sessionCookie: string;
  readonly migration: string | null;
  readonly handlePage: PageHandler;
  readonly accessLog: { write(line: string): unknown };
};

/** Makes room for calls of procedures; a mutation counts as what its head says. */
const createRoom = (doors: Doors) => {
  const procedures = proceduresOf(appRouter);
  return async (visit: Visit, who: Authenticated | null, paths: readonly string[]): Promise<void> => {
    if (visit.request.method !== "POST") return doors.makeRoom(visit, who, "read", paths.length);
    const background = paths.filter((path) => procedures.get(path)?._def.meta?.isBackground).length;
    await doors.makeRoom(visit, who, "background", background);
    await doors.makeRoom(visit, who, "write", paths.length - background);
  };
};

const trpcDoorOf = (options: FrontDoorOptions, doors: Doors, streams: OpenStreams) => {
  const { origin } = options.settings;
  const isSecure = origin.startsWith("https:");
  const report = (visit: Visit, error: unknown, path: string | undefined) => doors.report(visit, error, path);
  const makeRoom = createRoom(doors);
  const answerStream = createTrpcStreams({
    router: appRouter,
    isSecure,
    onError: report,
    createContext: async (visit, paths) => {
      try {
        const who = await doors.fromCookie(visit);
        await makeRoom(visit, who, paths);
        if (who) streams.add(who.sessionId, visit.response);
        return doors.contextOf(visit, who, visit.request.method === "POST" ? { once: undefined } : undefined);
      } catch (error) {
        throw asTrpcError(error);
      }
    },
  });
  const createContext = async (visit: Visit, paths: readonly string[], command: Command | undefined) => {
    try {
      const who = await doors.fromCookie(visit);
      await makeRoom(visit, who, paths);
      if (!command) return doors.contextOf(visit, who);
      return doors.contextOf(visit, who, {
        once: command.key === null ? undefined : doors.onceOf(command.key, command.procedure, command.input() ?? null),
      });
    } catch (error) {
      throw asTrpcError(error);
    }
  };
  return createTrpcDoor({
    router: appRouter,
    prefix: TRPC_PREFIX,
    ownOrigin: origin,
    answer: createJsonAnswer({ isSecure }),
    createContext,
    answerStream,
    onError: report,
    retryAfterOf: (error) => {
      const known = toAppError(error);
      return known && retryAfterOf(known);
    },
  });
};

type Door = (visit: Visit) => void | Promise<void>;
type Route = { readonly name: string; readonly door: Door };

/** Which door answers an address. */
const createRouting = (
  options: FrontDoorOptions,
  shared: { doors: Doors; streams: OpenStreams; telemetry: WebTelemetry; isDraining: () => boolean },
) => {
  const { maru, settings, migration, handlePage } = options;
  const { doors, streams, telemetry, isDraining } = shared;
  const ownOrigin = settings.origin;
  const isSecure = ownOrigin.startsWith("https:");
  const answer = createJsonAnswer({ isSecure });
  const probes = createProbes({ maru, registry: telemetry.registry, migration, metricsToken: settings.metricsToken, isDraining });
  const trpc: Route = { name: "trpc", door: trpcDoorOf(options, doors, streams) };
  const rest: Route = {
    name: "rest",
    door: createRestDoor({ router: appRouter, doors, answer, ownOrigin, corsOrigins: settings.corsOrigins }),
  };
  const files: Route = { name: "files", door: createFilesDoor({ doors, answer, ownOrigin, isSecure }) };
  const signIns: Route = { name: "sign-in", door: createSignInDoor({ doors, answer, ownOrigin, sessionCookie: options.sessionCookie }) };
  const pages: Route = { name: "page", door: createPageDoor({ handlePage, answer, ownOrigin, isSecure }) };
  const byPath: ReadonlyMap<string, Route> = new Map([
    ["/livez", { name: "probe", door: probes.livez }],
    ["/readyz", { name: "probe", door: probes.readyz }],
    ["/metrics", { name: "probe", door: probes.metrics }],
    ["/api/files", files],
    ["/api/v1", rest],
  ]);
  return (visit: Visit): Route => {
    const { path } = visit;
    if (path.startsWith(TRPC_PREFIX)) return trpc;
    if (path.startsWith("/api/v1/")) return isRestFile(visit) ? files : rest;
    if (path.startsWith(SIGN_IN_PREFIX)) return signIns;
    return path.startsWith("/api/files/") ? files : (byPath.get(path) ?? pages);
  };
};

/** One server, in front of everything: data is answered here, in this process, and only pages go on to Next.js. */
export const createFrontDoor = (options: FrontDoorOptions) => {
  const { maru, settings, authenticator, sessionCookie } = options;
  const telemetry = createWebTelemetry();
  const streams = createOpenStreams(maru, (count) => telemetry.openStreams.set(count));
  const limits = createCallLimits({ limits: maru.tools.limits, ...settings });
  const doors = createDoors({ maru, authenticator, limits, sessionCookie, externalCookie: cookieName(settings.origin, EXTERNAL_COOKIE) });
  const answer = createJsonAnswer({ isSecure: settings.origin.startsWith("https:") });
  let isDraining = false;
  const routeOf = createRouting(options, { doors, streams, telemetry, isDraining: () => isDraining });
  const clientAddress = createClientAddress(settings.trustedProxies);
  const writeLine = createAccessLog(options.accessLog);

  const onClose = (visit: Visit): void => {
    const { response } = visit;
    // 499 is what proxies call a client that went away before it had its answer.
    const status = response.headersSent ? response.statusCode : 499;
    const seconds = (performance.now() - visit.startedAt) / 1000;
    telemetry.requestSeconds.observe({ door: visit.door, status: `${Math.floor(status / 100)}xx` }, seconds);
    if (visit.door !== "probe") writeLine(visit, status);
  };
  const enter = async (visit: Visit): Promise<void> => {
    const { name, door } = routeOf(visit);
    visit.door = name;
    try {
      await door(visit);
    } catch (error) {
      maru.log.error({ err: error, requestId: visit.requestId, path: visit.path }, "a door failed");
      answer(visit, 500, JSON.stringify({ error: "common.unexpected", requestId: visit.requestId }));
    }
  };

  const timeouts = { keepAliveTimeout: 10_000, headersTimeout: 15_000, requestTimeout: 300_000 };
  const server = createServer({ ...timeouts, maxHeaderSize: 16 * 1024 }, (request, response) => {
    const visit = openVisit(request, response, clientAddress(request));
    response.once("close", () => onClose(visit));
    void enter(visit);
  });
  return {
    server,
    telemetry,
    /** Answers what is under way, ends the streams, and takes nothing new. */
    drain: async (limitMs: number): Promise<void> => {
      isDraining = true;
      streams.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      streams.closeAll();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(force);
    },
  };
};
export type FrontDoor = ReturnType<typeof createFrontDoor>;
