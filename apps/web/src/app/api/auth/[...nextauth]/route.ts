import { completeSignInInput, signInInput, writeSignInFailure } from "@maru/api/identity/contract";
import type { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { type MaruApp, maruApp } from "../../../../server/maru-app";

const SESSION_SECONDS = 12 * 60 * 60;

type RouteContext = { readonly params: Promise<{ readonly nextauth: string[] }> };
type HeaderBag = Readonly<Record<string, string | undefined>>;

const headersOf = (bag: HeaderBag | undefined) => ({ get: (name: string): string | null => bag?.[name] ?? null });

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
};

// Both steps of a sign-in come through this one door: a user name and a password, or the challenge that these were answered with.
const stepOf = (app: MaruApp, credentials: Record<string, unknown>, headers: HeaderBag | undefined) => {
  const { username, password, challenge, code, passkey } = credentials;
  if (challenge === undefined) {
    const input = signInInput.safeParse({ username, password });
    return input.success ? app.signIn(input.data, headersOf(headers)) : null;
  }
  const input = completeSignInInput.safeParse(passkey === undefined ? { challenge, code } : { challenge, passkey: parsed(passkey) });
  return input.success ? app.completeSignIn(input.data, headersOf(headers)) : null;
};

/** Checks a sign-in with identity. What is refused reaches the page as a code; what is unexpected is logged and named as that alone. */
const authorize = async (app: MaruApp, credentials: unknown, headers: HeaderBag | undefined) => {
  const step = stepOf(app, (credentials ?? {}) as Record<string, unknown>, headers);
  if (!step) throw new Error("common.invalidInput");
  try {
    const { accountId, token } = await step;
    return { id: accountId, webToken: token };
  } catch (error) {
    const text = writeSignInFailure(error);
    if (text === "common.unexpected") app.logError(error, "a sign-in failed unexpectedly");
    throw new Error(text);
  }
};

/** next-auth asks for a session only to show that there is one. A database that is away for a moment must not make it drop the cookie. */
const readToken = async (app: MaruApp, token: string | undefined) => {
  if (!token) return null;
  try {
    const session = await app.findSession(token);
    return session && { sub: session.personId, webToken: token };
  } catch {
    return { webToken: token };
  }
};

const cookieOf = (app: MaruApp, name: string) => ({
  name: app.config.isSecure ? `__Host-${name}` : name,
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: app.config.isSecure } as const,
});

const optionsFor = (app: MaruApp): AuthOptions => ({
  secret: app.config.authSecret,
  useSecureCookies: app.config.isSecure,
  pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  cookies: {
    sessionToken: cookieOf(app, "maru.session"),
    callbackUrl: cookieOf(app, "maru.callback"),
    csrfToken: cookieOf(app, "maru.csrf"),
  },
  providers: [
    Credentials({
      credentials: { username: {}, password: {}, challenge: {}, code: {}, passkey: {} },
      authorize: (credentials, request) => authorize(app, credentials, request.headers as HeaderBag | undefined),
    }),
  ],
  // The cookie carries identity's own token: signed there, bound to a session row, and worth nothing once that row has ended.
  jwt: {
    encode: async ({ token }) => String(token?.webToken ?? ""),
    decode: ({ token }) => readToken(app, token),
  },
  callbacks: {
    jwt: async ({ token, user }) => {
      const webToken = (user as { webToken?: unknown } | undefined)?.webToken;
      return typeof webToken === "string" ? { ...token, webToken } : token;
    },
    session: async ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.webToken === "string") await app.signOut(token.webToken);
    },
  },
  logger: {
    error: (code, metadata) => app.logError("error" in metadata ? metadata.error : metadata, `next-auth: ${code}`),
    warn: () => undefined,
    debug: () => undefined,
  },
});

const handle = (request: NextRequest, context: RouteContext): Promise<Response> => NextAuth(request, context, optionsFor(maruApp()));

export const GET = handle;
export const POST = handle;
