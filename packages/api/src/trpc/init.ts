import { initTRPC, TRPCError } from "@trpc/server";
import type { OpenApiMeta } from "trpc-to-openapi";
import type { Permission } from "../permissions";
import type { Ctx } from "../tools";
import { TRPC_CODE, toAppError } from "./errors";
import { parsedAtOnce } from "./parsed-at-once";

/** `open`: anybody. `signedIn`: every session. Otherwise the permission that the actor must hold. */
export type Access = "open" | "signedIn" | Permission;
export type Meta = OpenApiMeta & { readonly access: Access };

/** What a door hands to a procedure: `app` is null for a stranger; `guest` acts for one where a procedure is open. */
export type DoorContext = { readonly app: Ctx | null; readonly guest: Ctx; readonly requestId: string; readonly origin: RequestOrigin };
/** Where a request came from, for session rows and limits. */
export type RequestOrigin = { readonly address: string; readonly userAgent: string | null };

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

type Rest = NonNullable<OpenApiMeta["openapi"]>;
const meta = (access: Access, rest?: Rest): Meta => ({ access, ...(rest ? { openapi: { protect: access !== "open", ...rest } } : {}) });

// Gives a refusal its status at the one place that every procedure passes; what is unknown stays an internal error.
const told = <Result extends { ok: boolean; error?: TRPCError }>(result: Result): Result => {
  if (result.ok || !result.error) return result;
  const app = toAppError(result.error);
  if (!app || result.error.code === TRPC_CODE[app.kind]) return result;
  return { ...result, error: new TRPCError({ code: TRPC_CODE[app.kind], message: app.code, cause: app }) };
};

/** For anybody. The three heads are the only ones: a module never sees a procedure without declared access. */
export const open = (rest?: Rest) =>
  parsedAtOnce(
    t.procedure.meta(meta("open", rest)).use(async ({ ctx, next }) => told(await next({ ctx: { ...ctx.guest, origin: ctx.origin } }))),
  );

// One step for session, permission and refusals: every further one copies the whole context once more.
const authenticated = (access: Access, rest?: Rest) => {
  const permission = access === "open" || access === "signedIn" ? null : access;
  return parsedAtOnce(
    t.procedure.meta(meta(access, rest)).use(async ({ ctx, next }) => {
      if (!ctx.app) throw new TRPCError({ code: "UNAUTHORIZED" });
      if (permission !== null && !ctx.app.actor.permissions.has(permission)) throw new TRPCError({ code: "FORBIDDEN" });
      return told(await next({ ctx: ctx.app }));
    }),
  );
};

/** For everybody with a session. */
export const signedIn = (rest?: Rest) => authenticated("signedIn", rest);

/** For those who hold the permission. `rest` is the procedure's place under /api/v1. */
export const allow = (permission: Permission, rest?: Rest) => authenticated(permission, rest);

export const { router, createCallerFactory } = t;
