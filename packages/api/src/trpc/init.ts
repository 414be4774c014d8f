import { initTRPC, TRPCError } from "@trpc/server";
import type { OpenApiMeta } from "trpc-to-openapi";
import { factorErrors } from "../modules/factor/contract";
import { identityErrors } from "../modules/identity/contract";
import { hasRecentProof } from "../modules/identity/service/recent-proof";
import type { Permission } from "../permissions";
import type { Ctx } from "../tools";
import { TRPC_CODE, toAppError, toTrpcError } from "./errors";
import { parsedAtOnce } from "./parsed-at-once";

/** `open`: anybody. `signedIn`: every session. Otherwise the permission that the actor must hold. */
export type Access = "open" | "signedIn" | Permission;
export type Meta = OpenApiMeta & {
  readonly access: Access;
  /** A page calls it by itself while somebody works (autosave, read marks): counted apart, so that it never uses up what a person does by hand. */
  readonly isBackground?: true;
  /** Under /api/v1 it answers 202: it was heard, and what becomes of it is told elsewhere. */
  readonly isAccepted?: true;
};

/** What a door hands to a procedure: `app` is null for a stranger; `guest` acts for one where a procedure is open. */
export type DoorContext = { readonly app: Ctx | null; readonly guest: Ctx; readonly requestId: string; readonly origin: RequestOrigin };
/** Where a request came from, for session rows and limits. */
export type RequestOrigin = {
  readonly address: string;
  readonly userAgent: string | null;
  /** For a command of a browser: puts the token of its new session into its cookie. */
  readonly keepWebToken?: (token: string, expiresAt: Date) => void;
  /** For a command of a browser: puts the secret of its way to another provider into a cookie. */
  readonly keepExternalSecret?: (secret: string, expiresAt: Date) => void;
};

const t = initTRPC
  .context<DoorContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const app = toAppError(error);
      return {
        message: app?.code ?? "internal error",
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          app: app ? { kind: app.kind, code: app.code, details: app.details } : null,
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

/** What a head says beside who may call: the procedure's place under /api/v1, and whether it is called in the background. */
type Head = (NonNullable<OpenApiMeta["openapi"]> | { readonly method?: undefined }) & {
  readonly isBackground?: true;
  readonly isAccepted?: true;
  /** For `signedIn`: tokens of scripts may call it too. Without this they may not, because no scope says so. */
  readonly isForTokens?: true;
  /** Asks for the password (or a passkey) within ten minutes on this session. Tokens of scripts, which have none to give, are refused. */
  readonly isSensitive?: true;
  /** Open also to somebody whose role demands a second factor that is not set up yet. */
  readonly isForSetup?: true;
};
const meta = (
  access: Access,
  { isBackground, isAccepted, isForTokens: _tokens, isSensitive: _sensitive, isForSetup: _setup, ...rest }: Head = {},
): Meta => ({
  access,
  ...(isBackground ? { isBackground } : {}),
  ...(isAccepted ? { isAccepted } : {}),
  ...(rest.method ? { openapi: { protect: access !== "open", ...rest } } : {}),
});

// Gives a refusal its status at the one place that every procedure passes; what is unknown stays an internal error.
const told = <Result extends { ok: boolean; error?: TRPCError }>(result: Result): Result => {
  if (result.ok || !result.error) return result;
  const app = toAppError(result.error);
  if (!app || result.error.code === TRPC_CODE[app.kind]) return result;
  return { ...result, error: new TRPCError({ code: TRPC_CODE[app.kind], message: app.code, cause: app }) };
};

/** For anybody. The three heads are the only ones: a module never sees a procedure without declared access. */
export const open = (head?: Head) =>
  parsedAtOnce(
    t.procedure.meta(meta("open", head)).use(async ({ ctx, next }) => told(await next({ ctx: { ...ctx.guest, origin: ctx.origin } }))),
  );

// One step for session, permission and refusals: every further one copies the whole context once more.
const authenticated = (access: Access, head?: Head) => {
  const permission = access === "open" || access === "signedIn" ? null : access;
  const refusesTokens = access === "signedIn" && !head?.isForTokens;
  return parsedAtOnce(
    t.procedure.meta(meta(access, head)).use(async ({ ctx, next }) => {
      if (!ctx.app) throw new TRPCError({ code: "UNAUTHORIZED" });
      if (permission !== null && !ctx.app.actor.permissions.has(permission)) throw new TRPCError({ code: "FORBIDDEN" });
      if (refusesTokens && ctx.app.actor.tokenId !== undefined) throw new TRPCError({ code: "FORBIDDEN" });
      if (ctx.app.actor.needsFactor && !head?.isForSetup) throw toTrpcError(factorErrors.setupNeeded());
      if (head?.isSensitive && !(await hasRecentProof(ctx.app))) throw toTrpcError(identityErrors.passwordNeeded());
      return told(await next({ ctx: ctx.app }));
    }),
  );
};

/** For everybody with a session. */
export const signedIn = (head?: Head) => authenticated("signedIn", head);

/** For those who hold the permission. */
export const allow = (permission: Permission, head?: Head) => authenticated(permission, head);

export const { router, createCallerFactory } = t;
