import type { AppRouter, createCaller, DoorContext } from "@maru/api";
import type { CompleteSignInInput } from "@maru/api/identity/contract";
import type { SignedIn } from "@maru/api/identity/service";

type HeaderReader = { get(name: string): string | null };
type Ctx = NonNullable<DoorContext["app"]>;

/** What code inside Next.js may use of the server around it. Everything here was made once, by the composition root. */
export type MaruApp = {
  readonly config: {
    readonly isDemo: boolean;
    /** The one address of this installation: links are built from it, never from what a request says. */
    readonly origin: string;
    readonly isSecure: boolean;
    readonly sessionCookie: string;
    /** Holds a sign-in for which another provider is good, until the second factor. */
    readonly halfCookie: string;
    /** Signs next-auth's form token. */
    readonly authSecret: string;
  };
  readonly router: AppRouter;
  readonly createCaller: typeof createCaller;
  /** The context that procedures are called with, from the headers of a page's request. */
  contextOf(headers: HeaderReader): Promise<DoorContext>;
  /** The context of whoever the cookies belong to, or null. */
  authenticate(cookieHeader: string | null | undefined): Promise<Ctx | null>;
  /** Checks a password and opens a web session; throws an AppError that says why not. */
  signIn(credentials: { username: string; password: string }, headers: HeaderReader): Promise<SignedIn>;
  /** The second step, where the first was answered with a challenge. */
  completeSignIn(input: CompleteSignInInput, headers: HeaderReader): Promise<SignedIn>;
  /** The session of a web token, or null. */
  findSession(webToken: string): Promise<{ sessionId: string; personId: string; expiresAt: Date } | null>;
  /** Ends the session of a web token, here at once and everywhere within 5 s. */
  signOut(webToken: string): Promise<void>;
  /** The OpenAPI document of /api/v1. */
  openApi(): Record<string, unknown>;
  logError(error: unknown, message: string): void;
};

const KEY = Symbol.for("maru.app");
type Holder = { [KEY]?: MaruApp };

/** The one app of this process. Next.js bundles its own copy of whatever it imports, so it must find the app here instead of making one. */
export const maruApp = (): MaruApp => {
  const app = (globalThis as Holder)[KEY];
  if (!app) throw new Error("there is no app here: pages are served by dist/server.js, not by next start");
  return app;
};

/** For the composition root alone. */
export const installMaruApp = (app: MaruApp | undefined): void => {
  (globalThis as Holder)[KEY] = app;
};
