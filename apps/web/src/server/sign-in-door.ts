import { type Finished, finishExternal } from "@maru/api/federation/service";
import { CHALLENGE_TTL_MS, writeSignInFailure } from "@maru/api/identity/contract";
import { type AppError, isAppError } from "@maru/platform/errors";
import { readCookie } from "@maru/platform/http";
import type { Answer } from "./answer";
import { cookieName, EXTERNAL_COOKIE, HALF_COOKIE, writeCookie } from "./cookies";
import type { Doors } from "./doors";
import type { Visit } from "./visit";

/** Behind it stands the name of a provider. The whole address is registered there. */
export const SIGN_IN_PREFIX = "/api/sign-in/";

type Options = { readonly doors: Doors; readonly answer: Answer; readonly ownOrigin: string; readonly sessionCookie: string };

const LONG_AGO = new Date(0);

/** Where the browser goes, as a whole address of ours: what was kept as a path leads nowhere else. */
const ownUrl = (ownOrigin: string, path: string, more: Readonly<Record<string, string>> = {}): string => {
  const url = new URL(path, ownOrigin);
  if (url.origin !== ownOrigin) return `${ownOrigin}/`;
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url.href;
};

/**
 * The door through which a browser comes back from another provider. It comes from another site, by a link, so it changes nothing but what the
 * secret in its own cookie allows. What goes wrong is told on the page where it began, as a code.
 */
export const createSignInDoor = ({ doors, answer, ownOrigin, sessionCookie }: Options) => {
  const [secretCookie, halfCookie] = [cookieName(ownOrigin, EXTERNAL_COOKIE), cookieName(ownOrigin, HALF_COOKIE)];

  const go = (visit: Visit, url: string, cookies: readonly string[]): void => answer(visit, 303, "", ["location", url, ...cookies]);

  /** Where a refusal is told, and what the browser is given along. */
  const placeOf = (failure: AppError, { isLink, next }: Pick<Finished, "isLink" | "next">): { url: string; cookies: readonly string[] } => {
    const onward: Record<string, string> = next === "/" ? {} : { next };
    const told = { failure: failure.code };
    if (isLink) return { url: ownUrl(ownOrigin, next, told), cookies: [] };
    if (failure.code !== "identity.secondFactorNeeded") return { url: ownUrl(ownOrigin, "/sign-in", { ...told, ...onward }), cookies: [] };
    // The challenge of a half sign-in goes into no address: the page finds it where no script does.
    const half = writeCookie(halfCookie, writeSignInFailure(failure), new Date(Date.now() + CHALLENGE_TTL_MS));
    return { url: ownUrl(ownOrigin, "/sign-in", { step: "second", ...onward }), cookies: ["set-cookie", half] };
  };

  return async (visit: Visit): Promise<void> => {
    const { request, path, query, address } = visit;
    if (request.method !== "GET") return answer(visit, 405, JSON.stringify({ error: "common.methodNotSupported" }), ["allow", "GET"]);
    try {
      const who = await doors.fromCookie(visit);
      await doors.makeRoom(visit, who, "write", 1);
      const context = doors.contextOf(visit, who, { once: undefined });
      const callback = { provider: path.slice(SIGN_IN_PREFIX.length), query, secret: readCookie(request.headers.cookie, secretCookie) };
      const origin = { address, userAgent: request.headers["user-agent"] ?? null };
      const finished = await finishExternal(context.app ?? context.guest, callback, origin);
      const { signedIn, failure, next } = finished;
      // A way back that was none of this browser's leaves its secret alone.
      const spent = finished.isSpent ? ["set-cookie", writeCookie(secretCookie, "", LONG_AGO)] : [];
      if (failure) {
        const { url, cookies } = placeOf(failure, finished);
        return go(visit, url, [...cookies, ...spent]);
      }
      if (!signedIn) return go(visit, ownUrl(ownOrigin, next, { linked: callback.provider }), spent);
      const session = writeCookie(sessionCookie, signedIn.token, signedIn.expiresAt);
      go(visit, ownUrl(ownOrigin, next), ["set-cookie", session, ...spent]);
    } catch (error) {
      doors.report(visit, error, path);
      const code = isAppError(error) ? error.code : "common.unexpected";
      go(visit, ownUrl(ownOrigin, "/sign-in", { failure: code }), []);
    }
  };
};
