import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";

/** What stands in the token of identity, and who signs it. A test changes it to see it refused. */
export type Tamper = (claims: JWTPayload) => { readonly claims: JWTPayload; readonly isForeignKey?: boolean };

const KEY_ID = "test";
const keyPair = () => generateKeyPair("RS256", { extractable: true });

const configurationOf = (jwk: object, redirectUrls: readonly string[]): Configuration => ({
  clients: [
    {
      client_id: "maru",
      client_secret: "secret-of-maru",
      redirect_uris: [...redirectUrls],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  jwks: { keys: [{ ...jwk, kid: KEY_ID, use: "sig", alg: "RS256" }] } as Configuration["jwks"],
  cookies: { keys: ["test"] },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 60, Session: 600 },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], profile: ["preferred_username"] },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  // Whoever has signed in there agrees to everything.
  loadExistingGrant: async (ctx) => {
    const { client, session, provider } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  findAccount: async (_ctx, accountId) => ({
    accountId,
    claims: async () => ({ sub: accountId, preferred_username: `${accountId}@there` }),
  }),
});

/**
 * For tests: a real OpenID provider (oidc-provider) on a port of its own. Whoever comes is `person` there, without being asked. Its token endpoint
 * lies as `tamper` says, waits for `holdMs`, and answers with `answer` instead.
 */
export const startTestProvider = async (redirectUrls: readonly string[]) => {
  const [own, foreign] = [await keyPair(), await keyPair()];
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = { person: "somebody", tamper: null as Tamper | null, answer: null as string | null, holdMs: 0 };
  const provider = new Provider(issuer, configurationOf(await exportJWK(own.privateKey), redirectUrls));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== "/token") return;
    await new Promise((resolve) => setTimeout(resolve, state.holdMs));
    const body = ctx.body as { id_token?: string };
    if (state.tamper && body.id_token) {
      const said = JSON.parse(Buffer.from(body.id_token.split(".")[1] ?? "", "base64url").toString("utf8")) as JWTPayload;
      const { claims, isForeignKey } = state.tamper(said);
      const signed = new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: KEY_ID });
      body.id_token = await signed.sign((isForeignKey ? foreign : own).privateKey);
    }
    if (state.answer !== null) ctx.body = state.answer;
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void answer(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: state.person } });
  });
  return {
    issuer,
    state,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
export type TestProvider = Awaited<ReturnType<typeof startTestProvider>>;
