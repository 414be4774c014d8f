import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchProtectedResource,
} from "openid-client";
import { z } from "zod";
import { boundedFetch, ProviderAway } from "./bounded-fetch";

/** Who somebody is elsewhere. The subject is what the issuer never gives to anybody else; the label only reminds its owner which one it is. */
export type ForeignIdentity = { readonly issuer: string; readonly subject: string; readonly label: string | null };

/** What binds the answer of a provider to the browser that asked, once. */
export type Handshake = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Somebody else who tells who people are. */
export type LoginProvider = {
  /** Where the browser goes to ask. */
  writeRequest(redirectUrl: string, handshake: Handshake): Promise<URL>;
  /** Exchanges what the browser came back with. Everything that it throws is a `LoginRefusal`. */
  redeem(callback: URL, handshake: Handshake): Promise<ForeignIdentity>;
};

/** `cancelled`: the person said no there. `away`: the provider can't be asked now. `refused`: its answer proves nothing. */
export class LoginRefusal extends Error {
  readonly reason: "cancelled" | "away" | "refused";
  constructor(reason: LoginRefusal["reason"], cause: unknown) {
    super(`a provider's answer was not taken: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** OpenID Connect: everything else is discovered from the issuer, and a signed token tells who somebody is. */
export type OpenIdSettings = { readonly clientId: string; readonly clientSecret: string; readonly issuer: string; readonly scope: string };
/** OAuth 2.0 alone: an access token, and an address that tells whose it is. No scope is asked for: who somebody is needs none. */
export type OAuthSettings = Omit<OpenIdSettings, "scope"> & {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userUrl: string;
  /** Reads the answer of `userUrl`; null for anything else than it should be. */
  readonly readUser: (answer: unknown) => { readonly subject: string; readonly label: string | null } | null;
};

/** For one call to a provider. A sign-in makes three at most: addresses, token, keys or user. */
const ANSWER_WITHIN_S = 4;
const MAX_LABEL = 100;

const refusalOf = (error: unknown): LoginRefusal => {
  if (error instanceof LoginRefusal) return error;
  if (error instanceof AuthorizationResponseError)
    return new LoginRefusal(error.error === "access_denied" ? "cancelled" : "refused", error);
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ProviderAway) return new LoginRefusal("away", error);
  return new LoginRefusal("refused", error);
};

const refusing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
};

/** Without encryption only on this computer: a provider that runs beside Maru. */
const isLocal = (issuer: string): boolean => /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/.test(issuer);

/** What a provider's settings switch on before it is asked anything. */
const switchesOf = (issuer: string): ((config: Configuration) => void)[] => (isLocal(issuer) ? [allowInsecureRequests] : []);

const requestOf = async (config: Configuration, redirectUrl: string, { state, verifier }: Handshake, more = {}): Promise<URL> =>
  buildAuthorizationUrl(config, {
    redirect_uri: redirectUrl,
    response_type: "code",
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });

const labelled = (...texts: unknown[]): string | null => {
  const text = texts.find((candidate) => typeof candidate === "string" && candidate.trim() !== "");
  return typeof text === "string" ? text.trim().slice(0, MAX_LABEL) : null;
};

/** A provider that speaks OpenID Connect. */
export const createOpenIdProvider = ({ clientId, clientSecret, issuer, scope }: OpenIdSettings): LoginProvider => {
  let known: Promise<Configuration> | null = null;
  const discover = (): Promise<Configuration> => {
    known ??= discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret, id_token_signed_response_alg: "RS256" },
      ClientSecretPost(clientSecret),
      // The token comes straight from the provider, and its signature is verified all the same.
      {
        [customFetch]: boundedFetch,
        timeout: ANSWER_WITHIN_S,
        execute: [enableNonRepudiationChecks, ...switchesOf(issuer)],
      },
    );
    // What failed once is asked again: the provider may have been away for a moment.
    known.catch(() => {
      known = null;
    });
    return known;
  };
  return {
    writeRequest: (redirectUrl, handshake) =>
      refusing(async () => requestOf(await discover(), redirectUrl, handshake, { scope, nonce: handshake.nonce })),
    redeem: (callback, { state, nonce, verifier }) =>
      refusing(async () => {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
        const claims = (await authorizationCodeGrant(await discover(), callback, checks)).claims();
        if (!claims) throw new Error("there is no token of identity");
        const { iss, sub, preferred_username, nickname, name, email } = claims;
        return { issuer: iss, subject: sub, label: labelled(preferred_username, nickname, name, email) };
      }),
  };
};

/** A provider that speaks OAuth 2.0 alone. */
export const createOAuthProvider = (settings: OAuthSettings): LoginProvider => {
  const { clientId, clientSecret, issuer, authorizeUrl, tokenUrl, userUrl, readUser } = settings;
  const config = new Configuration(
    { issuer, authorization_endpoint: authorizeUrl, token_endpoint: tokenUrl },
    clientId,
    { client_secret: clientSecret },
    ClientSecretPost(clientSecret),
  );
  config[customFetch] = boundedFetch;
  config.timeout = ANSWER_WITHIN_S;
  for (const switchOn of switchesOf(issuer)) switchOn(config);
  return {
    writeRequest: (redirectUrl, handshake) => refusing(() => requestOf(config, redirectUrl, handshake)),
    redeem: (callback, { state, verifier }) =>
      refusing(async () => {
        const checks = { expectedState: state, pkceCodeVerifier: verifier };
        // Naver asks for the state once more here; the others leave alone what they don't know.
        const { access_token } = await authorizationCodeGrant(config, callback, checks, { state });
        const answer = await fetchProtectedResource(config, access_token, new URL(userUrl), "GET");
        const user = answer.status === 200 ? readUser(await answer.json()) : null;
        if (!user || !z.string().min(1).max(255).safeParse(user.subject).success) throw new Error("the provider does not say who it is");
        return { issuer, subject: user.subject, label: labelled(user.label) };
      }),
  };
};
