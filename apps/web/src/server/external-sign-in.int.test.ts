import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { newId } from "@maru/platform/crypto/id";
import { sha256 } from "@maru/platform/crypto/token";
import { startTestProvider, type TestProvider } from "@maru/platform/oauth/test-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callbackOf, type Ending, type ExternalBrowser, openBrowser } from "./testing/external-browser";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let provider: TestProvider;
let door: TestDoor;
beforeAll(async () => {
  provider = await startTestProvider([callbackOf("entra"), callbackOf("google")]);
  const client = { clientId: "maru", clientSecret: "secret-of-maru", issuer: provider.issuer };
  door = await startTestDoor({ federation: { entra: client, google: client } });
});
afterAll(async () => {
  await door.stop();
  await provider.close();
});
beforeEach(async () => {
  Object.assign(provider.state, { person: newId(), tamper: null });
  await door.db.externalIdentity.deleteMany();
});

const SETTINGS = { status: 303, path: "/settings/security", isOurs: true };
const told = (failure: string) => ({ status: 303, path: "/sign-in", failure, isOurs: true });

const stranger = (): ExternalBrowser => openBrowser(door);
const browserOf = async (actor: Actor): Promise<ExternalBrowser> =>
  openBrowser(door, { "maru.session": (await door.openSession(actor, "web")).token });
const link = async (actor: Actor, name = "entra"): Promise<Ending> => {
  const browser = await browserOf(actor);
  return browser.comeBack(name, await browser.agree(await browser.start("startLink", { provider: name })));
};
const toSignIn = (browser: ExternalBrowser, next = "/boards") => browser.start("startExternalSignIn", { provider: "entra", next });
const signIn = async (browser = stranger()): Promise<Ending> => browser.comeBack("entra", await browser.agree(await toSignIn(browser)));
const secretOf = (browser: ExternalBrowser): string => browser.ours.get("maru.external") ?? "";
const withParameter = (query: string, name: string, value: string): string => {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return parameters.toString();
};
const actions = async (): Promise<string[]> =>
  (await door.db.auditEntry.findMany({ orderBy: { id: "desc" }, take: 4 })).map(({ action }) => action);
const accountOf = (actor: Actor): string => actor.accountId as string;

describe("an identity elsewhere", () => {
  it("that was linked signs in, leads on, and is written down and told", async () => {
    expect(await link(door.actors.member)).toMatchObject({ ...SETTINGS, failure: null });
    expect(await actions()).toContain("federation.identity.link");
    expect(await door.db.outbox.count({ where: { name: "federation.identity-linked" } })).toBe(1);
    const browser = stranger();
    expect(await signIn(browser)).toEqual({ status: 303, path: "/boards", failure: null, isOurs: true });
    expect(await browser.whoami()).toBe(door.actors.member.id);
    expect(await actions()).toEqual(expect.arrayContaining(["federation.identity.use", "identity.account.sign-in"]));
    const { issuer } = provider;
    const subject = provider.state.person;
    expect(await door.db.externalIdentity.findMany()).toMatchObject([
      { issuer, subject, label: `${subject}@there`, lastUsedAt: expect.any(Date) },
    ]);
    // The secret of the way there is spent.
    expect(browser.ours.has("maru.external")).toBe(false);
  });

  it("that nobody has linked signs nobody in, whatever mail address it has (ASVS 10.5.2)", async () => {
    const email = "gildong.hong@example.com";
    await door.db.person.update({ where: { id: door.actors.member.id }, data: { email } });
    await door.db.account.update({ where: { id: accountOf(door.actors.member) }, data: { verifiedMail: email } });
    for (const email_verified of [true, false]) {
      provider.state.tamper = (claims) => ({ claims: { ...claims, email, email_verified } });
      const browser = stranger();
      expect(await signIn(browser)).toEqual(told("federation.notLinked"));
      expect(await browser.whoami()).toBeNull();
    }
    expect(await door.db.externalIdentity.count()).toBe(0);
    expect(
      (await door.db.auditEntry.findFirstOrThrow({ where: { action: "federation.identity.refuse" }, orderBy: { id: "desc" } })).details,
    ).toMatchObject({ provider: "entra", reason: "federation.notLinked" });
  });

  it("is no password: what is sensitive still asks for it", async () => {
    await link(door.actors.member);
    const browser = stranger();
    await signIn(browser);
    expect(await browser.call("federation.startLink", { provider: "google" })).toMatchObject({ code: "identity.passwordNeeded" });
  });

  it("of a closed account signs nobody in", async () => {
    await link(door.actors.other);
    const where = { id: accountOf(door.actors.other) };
    await door.db.account.update({ where, data: { state: "DISABLED" } });
    expect(await signIn()).toEqual(told("federation.accountClosed"));
    await door.db.account.update({ where, data: { state: "ACTIVE" } });
    expect(await signIn()).toMatchObject({ path: "/boards" });
  });

  it("asks for the second factor as a password does, and the challenge stands in no address", async () => {
    await link(door.actors.member);
    const accountId = accountOf(door.actors.member);
    const id = newId();
    const secret = door.maru.tools.keyring.seal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", { table: "totp_factor", column: "secret", id });
    await door.db.totpFactor.create({ data: { id, accountId, secret, createdAt: new Date(), confirmedAt: new Date() } });
    const browser = stranger();
    expect(await signIn(browser)).toEqual({ status: 303, path: "/sign-in", failure: null, isOurs: true });
    expect(await browser.whoami()).toBeNull();
    expect(browser.ours.get("maru.half")).toMatch(/^identity\.secondFactorNeeded~[\w-]{40,}~totp$/);
    // The second factor opens the session, and is no password either.
    const challenge = browser.ours.get("maru.half")?.split("~")[1] ?? "";
    await door.db.totpFactor.deleteMany();
    const code = "abcdefghjkmnpqrs";
    await door.db.recoveryCode.create({
      data: { id: newId(), accountId, codeHash: sha256(`${accountId}\n${code}`), createdAt: new Date() },
    });
    const { sessionId } = await door.app.completeSignIn({ challenge, code }, new Headers());
    expect(await door.db.session.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({ accountId, provedAt: null });
  });
});

describe("a way back", () => {
  it("with a state of somebody else is refused, and spoils nothing", async () => {
    await link(door.actors.member);
    const browser = stranger();
    const query = await browser.agree(await toSignIn(browser));
    expect(await browser.comeBack("entra", withParameter(query, "state", "f".repeat(64)))).toEqual(told("federation.attemptEnded"));
    expect(await browser.comeBack("entra", query)).toMatchObject({ path: "/boards" });
  });

  it("is good once: neither its state nor its code is taken again", async () => {
    await link(door.actors.member);
    const browser = stranger();
    const query = await browser.agree(await toSignIn(browser));
    const secret = secretOf(browser);
    expect(await browser.comeBack("entra", query)).toMatchObject({ path: "/boards" });
    const thief = stranger();
    thief.ours.set("maru.external", secret);
    expect(await thief.comeBack("entra", query)).toEqual(told("federation.attemptEnded"));
    // The used code under a state of the thief's own.
    const own = (await toSignIn(thief)).searchParams.get("state") ?? "";
    expect(await thief.comeBack("entra", withParameter(query, "state", own))).toEqual(told("federation.proofRefused"));
    expect(await thief.whoami()).toBeNull();
  });

  it("with somebody else's fresh code lacks its verifier (ASVS 10.2.1)", async () => {
    await link(door.actors.member);
    const [victim, thief] = [stranger(), stranger()];
    const request = await toSignIn(victim);
    expect(request.searchParams.get("code_challenge_method")).toBe("S256");
    const query = await victim.agree(request);
    const own = (await toSignIn(thief)).searchParams.get("state") ?? "";
    expect(await thief.comeBack("entra", withParameter(query, "state", own))).toEqual(told("federation.proofRefused"));
    expect(await thief.whoami()).toBeNull();
    // And the provider itself gives nothing for a code without one.
    const again = new URLSearchParams(await victim.agree(await toSignIn(victim)));
    const form = { grant_type: "authorization_code", code: again.get("code") ?? "", redirect_uri: callbackOf("entra") };
    const body = new URLSearchParams({ ...form, client_id: "maru", client_secret: "secret-of-maru" });
    expect((await fetch(`${provider.issuer}/token`, { method: "POST", body })).status).toBe(400);
  });

  it.each([
    ["without the cookie of its browser", async (browser: ExternalBrowser) => void browser.ours.delete("maru.external"), "entra"],
    [
      "after ten minutes",
      async () => void (await door.db.externalAttempt.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })),
      "entra",
    ],
    ["to the door of another provider", async () => {}, "google"],
  ])("%s is refused", async (_name, happen, name) => {
    await link(door.actors.member);
    const browser = stranger();
    const query = await browser.agree(await toSignIn(browser));
    await happen(browser);
    expect(await browser.comeBack(name, query)).toEqual(told("federation.attemptEnded"));
  });

  it("of who said no there is told so, and that of nobody too", async () => {
    const browser = stranger();
    const state = (await toSignIn(browser)).searchParams.get("state") ?? "";
    const query = new URLSearchParams({ error: "access_denied", state, iss: provider.issuer }).toString();
    expect(await browser.comeBack("entra", query)).toEqual(told("federation.cancelled"));
    expect(await browser.call("federation.startExternalSignIn", { provider: "kakao" })).toEqual({ code: "federation.providerNotFound" });
    expect(await browser.comeBack("myspace", query)).toEqual(told("federation.providerNotFound"));
    expect((await fetch(`${door.url}/api/sign-in/entra`, { method: "POST" })).status).toBe(405);
  });

  it("leads nowhere but to a page of ours", async () => {
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "/\tevil", "javascript:1"])
      expect(await stranger().call("federation.startExternalSignIn", { provider: "entra", next })).toMatchObject({
        code: expect.stringMatching(/./),
      });
    await link(door.actors.member);
    const browser = stranger();
    const query = await browser.agree(await toSignIn(browser, "/.//evil.example"));
    expect(await browser.comeBack("entra", query)).toMatchObject({ isOurs: true });
  });
});

describe("a link", () => {
  it("wants the password on this session", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    await door.db.session.update({ where: { id: sessionId }, data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
    const browser = openBrowser(door, { "maru.session": token });
    expect(await browser.call("federation.startLink", { provider: "entra" })).toMatchObject({ code: "identity.passwordNeeded" });
    expect(await stranger().call("federation.startLink", { provider: "entra" })).toMatchObject({ code: expect.stringMatching(/./) });
  });

  it("is made for the session that began it, and for no other", async () => {
    const browser = await browserOf(door.actors.member);
    const query = await browser.agree(await browser.start("startLink", { provider: "entra" }));
    browser.ours.set("maru.session", (await door.openSession(door.actors.other, "web")).token);
    expect(await browser.comeBack("entra", query)).toMatchObject({ ...SETTINGS, failure: "federation.attemptEnded" });
    expect(await door.db.externalIdentity.count()).toBe(0);
  });

  it("never takes an identity from somebody else, nor a second one of a provider", async () => {
    await link(door.actors.member);
    expect(await link(door.actors.member)).toMatchObject({ ...SETTINGS, failure: null });
    expect(await link(door.actors.other)).toMatchObject({ ...SETTINGS, failure: "federation.identityTaken" });
    provider.state.person = newId();
    expect(await link(door.actors.member)).toMatchObject({ ...SETTINGS, failure: "federation.providerTaken" });
    expect(await door.db.externalIdentity.findMany()).toMatchObject([{ accountId: accountOf(door.actors.member) }]);
  });
});

describe("an identity that is unlinked", () => {
  const idOf = async (actor: Actor) =>
    (await door.db.externalIdentity.findFirstOrThrow({ where: { accountId: accountOf(actor) }, orderBy: { linkedAt: "asc" } })).id;
  const unlink = async (actor: Actor, id: string) => (await browserOf(actor)).call("federation.unlinkIdentity", { id });

  it("signs in no more, and only its owner unlinks it", async () => {
    const { id: accountId } = await door.db.account.findUniqueOrThrow({ where: { id: accountOf(door.actors.member) } });
    await door.db.account.update({ where: { id: accountId }, data: { passwordHash: "something" } });
    await link(door.actors.member);
    const id = await idOf(door.actors.member);
    expect(await unlink(door.actors.other, id)).toEqual({ code: "federation.identityNotFound" });
    expect(await unlink(door.actors.member, id)).toMatchObject({ done: true });
    expect(await actions()).toContain("federation.identity.unlink");
    expect(await door.db.outbox.count({ where: { name: "federation.identity-unlinked" } })).toBe(1);
    expect(await signIn()).toEqual(told("federation.notLinked"));
  });

  it("is never the last way in, also when two are unlinked at once", async () => {
    const person = await createAccount(door.db, { passwordHash: null });
    const actor: Actor = { ...door.actors.other, id: person.personId, accountId: person.id };
    await link(actor);
    expect(await unlink(actor, await idOf(actor))).toEqual({ code: "federation.lastWayIn" });
    provider.state.person = newId();
    await link(actor, "google");
    const both = await door.db.externalIdentity.findMany();
    // Both are on their way before either of them can take anything away.
    const answers = await door.contextFor(actor).tx(async (tx) => {
      await tx.sql.selectFrom("external_identity").select("id").forUpdate().execute();
      const calls = Promise.all(both.map(({ id }) => unlink(actor, id)));
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { calls };
    });
    expect((await answers.calls).map(({ code }) => code ?? "done").sort()).toEqual(["done", "federation.lastWayIn"]);
  });
});
