import { createOAuthProvider, createOpenIdProvider, type LoginProvider } from "@maru/platform/oauth";
import { z } from "zod";
import { PROVIDERS, type ProviderName } from "./contract";

/** How this installation is registered at a provider. Only Entra's issuer differs from company to company. */
export type ProviderSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuer?: string;
  /** Where a provider of OAuth 2.0 tells who somebody is. */
  readonly userUrl?: string;
};
export type FederationSettings = Partial<Readonly<Record<ProviderName, ProviderSettings>>>;
export type LoginProviders = ReadonlyMap<ProviderName, LoginProvider>;

const naverUser = z.object({ resultcode: z.literal("00"), response: z.object({ id: z.string(), nickname: z.string().optional() }) });
const githubUser = z.object({ id: z.int().positive(), login: z.string() });

const openId = ({ clientId, clientSecret, issuer }: ProviderSettings, scope: string): LoginProvider => {
  if (issuer === undefined) throw new Error("a provider of OpenID Connect has an issuer");
  return createOpenIdProvider({ clientId, clientSecret, issuer, scope });
};

/** How each of them is talked to. What a mail address would say is asked of nobody. */
const OPEN: Readonly<Record<ProviderName, (settings: ProviderSettings) => LoginProvider>> = {
  // Its other scopes must be applied for.
  kakao: (settings) => openId({ issuer: "https://kauth.kakao.com", ...settings }, "openid"),
  google: (settings) => openId({ issuer: "https://accounts.google.com", ...settings }, "openid profile"),
  entra: (settings) => openId(settings, "openid profile"),
  naver: ({ issuer = "https://nid.naver.com/oauth2.0", userUrl = "https://openapi.naver.com/v1/nid/me", ...client }) =>
    createOAuthProvider({
      ...{ ...client, issuer, userUrl, authorizeUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/token` },
      readUser: (answer) => {
        const { data } = naverUser.safeParse(answer);
        return data ? { subject: data.response.id, label: data.response.nickname ?? null } : null;
      },
    }),
  github: ({ issuer = "https://github.com/login/oauth", userUrl = "https://api.github.com/user", ...client }) =>
    createOAuthProvider({
      ...{ ...client, issuer, userUrl, authorizeUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/access_token` },
      readUser: (answer) => {
        const { data } = githubUser.safeParse(answer);
        // The name can be given up and taken by somebody else; the number can't.
        return data ? { subject: String(data.id), label: data.login } : null;
      },
    }),
};

/** The providers that the settings name, in the order in which pages show them. */
export const openProviders = (settings: FederationSettings): LoginProviders =>
  new Map(
    PROVIDERS.flatMap((name) => {
      const own = settings[name];
      return own ? [[name, OPEN[name](own)] as const] : [];
    }),
  );
