import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "@maru/platform/crypto/id";
import { createLog } from "@maru/platform/log";
import { startTestProvider, type Tamper, type TestProvider } from "@maru/platform/oauth/test-provider";
import { startTestUserServer } from "@maru/platform/oauth/test-user-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callbackOf, openBrowser } from "./testing/external-browser";
import { startTestDoor, type TestDoor } from "./testing/test-door";

type UserServer = Awaited<ReturnType<typeof startTestUserServer>>;
type Plain = "naver" | "github";

let provider: TestProvider;
let plain: Readonly<Record<Plain, UserServer>>;
let door: TestDoor;
/** Gives the metadata of the provider out as its own. */
const liar = createServer();
const lines: string[] = [];

const USERS: Readonly<Record<Plain, (subject: number) => unknown>> = {
  naver: (subject) => ({
    resultcode: "00",
    message: "success",
    response: { id: String(subject), nickname: "길동", email: "hong@example.com" },
  }),
  github: (subject) => ({ id: subject, login: "gildong", email: "hong@example.com", avatar_url: "https://example.com/1" }),
};

beforeAll(async () => {
  provider = await startTestProvider([callbackOf("entra")]);
  plain = { naver: await startTestUserServer(), github: await startTestUserServer() };
  const plainClient = ({ issuer }: UserServer) => ({ clientId: "maru", clientSecret: "secret-of-maru", issuer, userUrl: `${issuer}/user` });
  const metadata = await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).text();
  liar.on("request", (_request, response) => response.setHeader("content-type", "application/json").end(metadata));
  liar.listen(0, "127.0.0.1");
  await once(liar, "listening");
  door = await startTestDoor({
    log: createLog({ service: "test", level: "debug", destination: { write: (line: string) => void lines.push(line) } }),
    federation: {
      entra: { clientId: "maru", clientSecret: "secret-of-maru", issuer: provider.issuer },
      naver: plainClient(plain.naver),
      github: plainClient(plain.github),
      google: {
        clientId: "maru",
        clientSecret: "secret-of-maru",
        issuer: `http://127.0.0.1:${(liar.address() as AddressInfo).port}`,
      },
      // Nobody listens there.
      kakao: { clientId: "maru", clientSecret: "secret-of-maru", issuer: "http://127.0.0.1:9" },
    },
  });
});
afterAll(async () => {
  await door.stop();
  liar.closeAllConnections();
  liar.close();
  await Promise.all([provider.close(), plain.naver.close(), plain.github.close()]);
});
beforeEach(async () => {
  Object.assign(provider.state, { person: newId(), tamper: null, answer: null, holdMs: 0 });
  await door.db.externalIdentity.deleteMany();
});

const told = (failure: string) => ({ status: 303, path: "/sign-in", failure, isOurs: true });
const known = (name: string, issuer: string, subject: string) =>
  door.db.externalIdentity.create({
    data: { id: newId(), accountId: door.actors.member.accountId as string, provider: name, issuer, subject, linkedAt: new Date() },
  });
const signIn = async () => {
  await known("entra", provider.issuer, provider.state.person);
  const browser = openBrowser(door);
  const ending = await browser.comeBack("entra", await browser.agree(await browser.start("startExternalSignIn", { provider: "entra" })));
  return { ending, who: await browser.whoami() };
};

describe("a token of identity", () => {
  const lies: readonly (readonly [string, Tamper])[] = [
    ["for another audience (ASVS 10.5.4)", (claims) => ({ claims: { ...claims, aud: "somebody-else" } })],
    ["for several, of which another one asked", (claims) => ({ claims: { ...claims, aud: ["maru", "other"], azp: "other" } })],
    ["of another issuer", (claims) => ({ claims: { ...claims, iss: "https://evil.example" } })],
    ["with another nonce (ASVS 10.5.1)", (claims) => ({ claims: { ...claims, nonce: "another" } })],
    ["without a nonce", ({ nonce: _nonce, ...claims }) => ({ claims })],
    ["that has expired", (claims) => ({ claims: { ...claims, iat: 1_700_000_000, exp: 1_700_000_060 } })],
    ["without a subject", ({ sub: _sub, ...claims }) => ({ claims })],
    ["signed with a key that the issuer does not publish", (claims) => ({ claims, isForeignKey: true })],
  ];

  it("that is good signs in, also when its maker signs it anew", async () => {
    provider.state.tamper = (claims) => ({ claims });
    expect((await signIn()).who).toBe(door.actors.member.id);
  });

  it.each(lies)("%s is refused", async (_name, tamper) => {
    provider.state.tamper = tamper;
    expect(await signIn()).toEqual({ ending: told("federation.proofRefused"), who: null });
  });
});

describe("a provider", () => {
  const start = (name: string) => openBrowser(door).call("federation.startExternalSignIn", { provider: name });

  it("that does not answer is left after four seconds", async () => {
    provider.state.holdMs = 20_000;
    const before = performance.now();
    expect(await signIn()).toEqual({ ending: told("federation.providerAway"), who: null });
    expect(performance.now() - before).toBeLessThan(6_000);
  });

  it("that answers without end is left", async () => {
    provider.state.answer = JSON.stringify({ access_token: "x".repeat(1_000_000), token_type: "bearer" });
    expect(await signIn()).toEqual({ ending: told("federation.providerAway"), who: null });
  });

  it("that answers with something else proves nothing", async () => {
    provider.state.answer = "<html>";
    expect(await signIn()).toEqual({ ending: told("federation.proofRefused"), who: null });
  });

  it("that is not there is told before anybody goes there", async () => {
    expect(await start("kakao")).toEqual({ code: "federation.providerAway" });
  });

  it("that says to be another one than its address is refused (ASVS 10.5.3)", async () => {
    expect(await start("google")).toEqual({ code: "federation.proofRefused" });
  });
});

describe.each(["naver", "github"] as const)("%s", (name) => {
  let subject = 1_000;
  const there = async () => {
    subject += 1;
    plain[name].state.user = USERS[name](subject);
    await known(name, plain[name].issuer, String(subject));
    const browser = openBrowser(door);
    return { browser, request: await browser.start("startExternalSignIn", { provider: name }) };
  };

  it("signs in by what it calls somebody for ever, with PKCE, and never by a mail address", async () => {
    const { browser, request } = await there();
    expect(Object.fromEntries(request.searchParams)).toMatchObject({ code_challenge_method: "S256", redirect_uri: callbackOf(name) });
    expect(request.searchParams.has("scope")).toBe(false);
    const query = plain[name].agree(request);
    expect(await browser.comeBack(name, query)).toEqual({ status: 303, path: "/", failure: null, isOurs: true });
    expect(await browser.whoami()).toBe(door.actors.member.id);
    expect(plain[name].state.asked.at(-1)?.get("code_verifier")).toMatch(/^[\w-]{43,}$/);
    expect(await door.db.externalIdentity.findFirstOrThrow()).toMatchObject({ label: name === "naver" ? "길동" : "gildong" });
  });

  it("refuses a code that was used, and a state that is not the browser's", async () => {
    const { browser, request } = await there();
    const query = plain[name].agree(request);
    plain[name].state.isUsed = true;
    expect(await browser.comeBack(name, query)).toEqual(told("federation.proofRefused"));
    await browser.start("startExternalSignIn", { provider: name });
    expect(await browser.comeBack(name, "code=the-code&state=x")).toEqual(told("federation.attemptEnded"));
  });

  it.each([
    ["nobody", {}],
    ["an error", { resultcode: "024", message: "Authentication failed" }],
    ["somebody without a number", { resultcode: "00", response: { id: "" }, id: 0, login: "x" }],
    ["no JSON", "<html>"],
  ])("that tells of %s proves nothing", async (_name, user) => {
    const { browser, request } = await there();
    plain[name].state.user = user;
    expect(await browser.comeBack(name, plain[name].agree(request))).toEqual(told("federation.proofRefused"));
    expect(await browser.whoami()).toBeNull();
  });

  it("whose answer has no end is left", async () => {
    const { browser, request } = await there();
    plain[name].state.user = { ...(USERS[name](1) as object), more: "x".repeat(1_000_000) };
    expect(await browser.comeBack(name, plain[name].agree(request))).toEqual(told("federation.providerAway"));
  });
});

it("none of the secrets of a way stands in a log or in the audit log", async () => {
  lines.length = 0;
  await known("entra", provider.issuer, provider.state.person);
  for (const tamper of [null, ((claims) => ({ claims: { ...claims, aud: "other" } })) as Tamper]) {
    provider.state.tamper = tamper;
    const browser = openBrowser(door);
    const request = await browser.start("startExternalSignIn", { provider: "entra" });
    const secret = browser.ours.get("maru.external") ?? "";
    const query = new URLSearchParams(await browser.agree(request));
    await browser.comeBack("entra", query.toString());
    const written = JSON.stringify([lines, door.lines, await door.db.auditEntry.findMany({ select: { details: true } })]);
    expect(written).toContain("/api/sign-in/entra");
    for (const canary of [
      secret,
      query.get("code"),
      query.get("state"),
      request.searchParams.get("nonce"),
      "secret-of-maru",
      provider.state.person,
    ])
      expect(written).not.toContain(canary);
  }
});
