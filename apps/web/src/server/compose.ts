import { createHash, randomUUID } from "node:crypto";
import { appRouter, createCaller, type Maru, toAppError } from "@maru/api";
import { completeSignIn, endSession, GUEST_ACTOR, signIn } from "@maru/api/identity/service";
import { openApiDocument } from "@maru/api/rest";
import { readCookie } from "@maru/platform/http";
import { type Authenticator, createAuthenticator } from "./authenticator";
import { cookieName, HALF_COOKIE } from "./cookies";
import { createDoorContext } from "./door-context";
import type { MaruApp } from "./maru-app";

/** Together with the half second after which a silent server is left, well below the 3 s in which every request has its answer. */
export const STATEMENT_TIMEOUT_MS = 1_500;

export type AppSettings = { readonly origin: string; readonly isDemo: boolean; readonly secret: string };

/** Puts the one app together that pages read from globalThis, and the authenticator that all doors share. */
export const composeApp = (maru: Maru, settings: AppSettings): { app: MaruApp; authenticator: Authenticator } => {
  const authenticator = createAuthenticator(maru);
  const sessionCookie = cookieName(settings.origin, "maru.session");
  const signedInWith = async (cookieHeader: string | null | undefined, address: string | null = null) => {
    const token = readCookie(cookieHeader, sessionCookie);
    return token ? authenticator.authenticate("web", token, address) : null;
  };
  const requestOf = (headers: Parameters<MaruApp["contextOf"]>[0]) => ({
    requestId: headers.get("x-request-id") ?? randomUUID(),
    // The front door has written it anew: what a client sends under this name never arrives here.
    address: headers.get("x-forwarded-for") ?? "",
    userAgent: headers.get("user-agent"),
  });
  type Step<Result> = (guest: ReturnType<Maru["contextFor"]>, origin: { address: string; userAgent: string | null }) => Promise<Result>;
  const asGuest = <Result>(headers: Parameters<MaruApp["contextOf"]>[0], step: Step<Result>): Promise<Result> => {
    const { requestId, address, userAgent } = requestOf(headers);
    const guest = maru.contextFor({ actor: GUEST_ACTOR, requestId, log: maru.log.child({ requestId }) });
    return step(guest, { address, userAgent }).catch((error: unknown) => {
      throw toAppError(error) ?? error;
    });
  };
  const app: MaruApp = {
    config: {
      isDemo: settings.isDemo,
      origin: settings.origin,
      isSecure: settings.origin.startsWith("https:"),
      sessionCookie,
      halfCookie: cookieName(settings.origin, HALF_COOKIE),
      authSecret: createHash("sha256").update("maru form tokens\n").update(settings.secret).digest("hex"),
    },
    router: appRouter,
    createCaller,
    contextOf: async (headers) => {
      const request = requestOf(headers);
      return createDoorContext(maru, request, await signedInWith(headers.get("cookie"), request.address || null));
    },
    authenticate: async (cookieHeader) => {
      const known = await signedInWith(cookieHeader);
      return known ? maru.contextFor({ actor: known.actor, requestId: randomUUID() }) : null;
    },
    signIn: (credentials, headers) => asGuest(headers, (guest, origin) => signIn(guest, credentials, origin)),
    completeSignIn: (input, headers) => asGuest(headers, (guest, origin) => completeSignIn(guest, input, origin)),
    findSession: async (webToken) => {
      const known = await authenticator.authenticate("web", webToken, null);
      return known && { sessionId: known.sessionId, personId: known.actor.id, expiresAt: known.expiresAt };
    },
    signOut: async (webToken) => {
      const known = await authenticator.authenticate("web", webToken, null);
      if (!known) return;
      await endSession(maru.contextFor({ actor: known.actor, requestId: randomUUID() }), known.sessionId, "signed-out");
      authenticator.forgetSession(known.sessionId);
    },
    openApi: () => openApiDocument(settings.origin),
    logError: (error, message) => maru.log.error({ err: error }, message),
  };
  return { app, authenticator };
};
