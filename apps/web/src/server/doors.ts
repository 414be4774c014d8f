import { type DoorContext, type Maru, toAppError, toTrpcError } from "@maru/api";
import type { Authenticated } from "@maru/api/identity/service";
import { isAppError } from "@maru/platform/errors";
import { RequestAborted, readBearer, readCookie } from "@maru/platform/http";
import type { Authenticator } from "./authenticator";
import type { CallKind, CallLimits } from "./call-limits";
import { writeCookie } from "./cookies";
import { createDoorContext, createOnceOf, type Once, type OnceOf } from "./door-context";
import type { Visit } from "./visit";

/** What all doors do alike: find out who calls, whether there is room, and with which context. */
export type Doors = {
  fromCookie(visit: Visit): Promise<Authenticated | null>;
  fromBearer(visit: Visit): Promise<Authenticated | null>;
  /** Throws when too many calls were made. */
  makeRoom(visit: Visit, who: Authenticated | null, kind: CallKind, calls: number): Promise<void>;
  contextOf(visit: Visit, who: Authenticated | null, command?: { readonly once: Once | undefined }): DoorContext;
  readonly onceOf: OnceOf;
  /** Logs what nobody was told to expect. */
  report(visit: Visit, error: unknown, where: string | undefined): void;
};

type Options = {
  readonly maru: Maru;
  readonly authenticator: Authenticator;
  readonly limits: CallLimits;
  readonly sessionCookie: string;
  /** Holds the secret of a browser that is away at another provider. */
  readonly externalCookie: string;
};

export const createDoors = ({ maru, authenticator, limits, sessionCookie, externalCookie }: Options): Doors => {
  const remember = (visit: Visit, who: Authenticated | null): Authenticated | null => {
    visit.personId = who?.actor.id ?? null;
    return who;
  };
  return {
    fromCookie: async (visit) => {
      const token = readCookie(visit.request.headers.cookie, sessionCookie);
      return token ? remember(visit, await authenticator.authenticate("web", token, visit.address)) : null;
    },
    fromBearer: async (visit) => {
      const token = readBearer(visit.request.headers.authorization);
      return token ? remember(visit, await authenticator.authenticate("access", token, visit.address)) : null;
    },
    makeRoom: async (visit, who, kind, calls) => {
      const key = who?.actor.id ?? visit.address;
      const refusal = kind === "read" ? limits.checkReads(key, calls) : await limits.checkWrites(who ? kind : "stranger", key, calls);
      if (refusal) throw refusal;
    },
    contextOf: (visit, who, command) => {
      const { requestId, address, request, response } = visit;
      const origin = { address, userAgent: request.headers["user-agent"] ?? null };
      const keep = (name: string) => (value: string, expiresAt: Date) =>
        void response.appendHeader("set-cookie", writeCookie(name, value, expiresAt));
      const keepers = command ? { keepWebToken: keep(sessionCookie), keepExternalSecret: keep(externalCookie) } : {};
      return createDoorContext(maru, { requestId, ...origin, ...keepers }, who, command);
    },
    onceOf: createOnceOf(maru.tools.tokens),
    report: (visit, error, where) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      if (cause instanceof RequestAborted || toAppError(error)) return;
      maru.log.error({ err: cause, requestId: visit.requestId, where }, "a request failed unexpectedly");
    },
  };
};

/** An error that is thrown before a procedure runs, as tRPC knows it: a refusal keeps its status. */
export const asTrpcError = (error: unknown): unknown => {
  const known = isAppError(error) ? error : toAppError(error);
  return known ? toTrpcError(known) : error;
};
