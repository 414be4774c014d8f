import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSets, somebody, tracesOf, writerOf } from "../../testing/roster";
import { createTestMaru, findRefusal, receiveToken, refusal, type TestMaru } from "../../testing/testing";
import { savePeople } from "../directory/service";
import { GUEST_ACTOR, saveDirectoryAccounts, signIn, syncBuiltInRoles } from "./service";
import { rightsPeople } from "./testing/rights-people";

let test: TestMaru;
const source = newId();
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const from = { address: "203.0.113.40", userAgent: null };
const save = (rows: readonly { personId: string; username: string }[], sourceId = source) =>
  writerOf(test)((tx) => saveDirectoryAccounts(tx, sourceId, rows));
const accountOf = (personId: string) => test.db.account.findUniqueOrThrow({ where: { personId } });
const enter = (username: string, password: string) => refusal(signIn(test.contextFor(GUEST_ACTOR), { username, password }, from));

let last = 0;
/** Somebody of the directory, with the account that it gives her. */
const member = async (fields: { username?: string; email?: string } = {}) => {
  last += 1;
  const { username = `dir${last}`, email } = fields;
  const { id: personId } = await createPerson(test.db, { email });
  await save([{ personId, username }]);
  return { personId, username, accountId: (await accountOf(personId)).id };
};

describe("saveDirectoryAccounts", () => {
  it("makes an account without a password, with the rights of a member, and writes nothing twice", async () => {
    const { id: personId } = await createPerson(test.db);
    const saved = await save([{ personId, username: " Hong.GilDong " }]);
    const account = await accountOf(personId);
    expect(saved).toEqual({ created: [{ personId, accountId: account.id }], renamed: [], released: [], refused: [] });
    expect(account).toMatchObject({ username: "hong.gildong", passwordHash: null, sourceId: source, state: "ACTIVE", disabledBy: null });
    expect((await rightsPeople(test).actorOf(personId)).permissions.has("board.post")).toBe(true);
    expect(await save([{ personId, username: "HONG.GILDONG" }])).toEqual({ created: [], renamed: [], released: [], refused: [] });
    expect((await tracesOf(test, [account.id])).actions).toEqual(["identity.account.create"]);
  });

  it("renames, and lets two and three of a set pass their names on", async () => {
    const [a, b, c] = [await member(), await member(), await member()];
    const saved = await save([
      { personId: a.personId, username: b.username },
      { personId: b.personId, username: c.username },
      { personId: c.personId, username: a.username },
    ]);
    expect(saved.renamed).toContainEqual({ personId: a.personId, before: a.username, after: b.username });
    const names = await Promise.all([a, b, c].map(async ({ personId }) => (await accountOf(personId)).username));
    expect(names).toEqual([b.username, c.username, a.username]);
    expect((await tracesOf(test, [a.accountId])).actions).toEqual(["identity.account.create", "identity.account.rename"]);
  });

  it("gives a new account the name that another one of the set gives up", async () => {
    const a = await member();
    const { id: personId } = await createPerson(test.db);
    await save([
      { personId, username: a.username },
      { personId: a.personId, username: `${a.username}-neu` },
    ]);
    expect([(await accountOf(personId)).username, (await accountOf(a.personId)).username]).toEqual([a.username, `${a.username}-neu`]);
  });

  it("takes the name of an account whose person has left, and of no other", async () => {
    const gone = await member();
    await test.db.account.update({ where: { id: gone.accountId }, data: { state: "DISABLED", disabledBy: "DEACTIVATION" } });
    const { id: personId } = await createPerson(test.db);
    const row = { personId, username: gone.username };
    // Blocked, and she works here: her name is hers.
    expect(await refusal(save([row]))).toBe("identity.usernameTaken");
    await test.db.person.update({ where: { id: gone.personId }, data: { state: "RESIGNED" } });
    expect((await save([row])).released).toEqual([gone.accountId]);
    expect((await accountOf(gone.personId)).username).toBe(`former-${gone.accountId}`);
    expect((await tracesOf(test, [gone.accountId])).actions).toContain("identity.account.release-username");
  });

  it("refuses the whole set for a name that is taken, or wanted twice, and names the people", async () => {
    const held = await member();
    const [good, bad] = [await createPerson(test.db), await createPerson(test.db)];
    const taken = await findRefusal(
      save([
        { personId: good.id, username: "frei" },
        { personId: bad.id, username: held.username.toUpperCase() },
      ]),
    );
    expect([taken?.code, taken?.details]).toEqual(["identity.usernameTaken", { ids: [bad.id] }]);
    const twice = await findRefusal(
      save([
        { personId: good.id, username: "frei" },
        { personId: bad.id, username: "Frei" },
      ]),
    );
    expect([twice?.code, twice?.details]).toEqual(["identity.usernameTaken", { ids: [bad.id] }]);
    expect(await test.db.account.count({ where: { personId: { in: [good.id, bad.id] } } })).toBe(0);
  });

  it("never takes over an account of Maru's own, nor another source's, and writes the others", async () => {
    const local = await createAccount(test.db, { passwordHash: "hash" });
    const foreign = await createAccount(test.db, { sourceId: newId() });
    const { id: personId } = await createPerson(test.db);
    const saved = await save([
      { personId: local.personId, username: "uebernommen" },
      { personId: foreign.personId, username: "fremd" },
      { personId, username: "dazu" },
    ]);
    expect(saved.created.map((one) => one.personId)).toEqual([personId]);
    expect(saved.refused).toEqual([
      { personId: local.personId, reason: "identity.accountIsLocal" },
      { personId: foreign.personId, reason: "identity.personHasAccount" },
    ]);
    expect(await accountOf(local.personId)).toMatchObject({ username: local.username, passwordHash: "hash", sourceId: null });
  });

  it("lets one of two win who want a name at once", async () => {
    const rows = await Promise.all([0, 1].map(async () => ({ personId: (await createPerson(test.db)).id, username: "zugleich" })));
    const ends = await Promise.all(rows.map((row) => refusal(save([row]))));
    expect(ends.toSorted()).toEqual(["done", "identity.usernameTaken"]);
  });

  it("writes two thousand in sets", async () => {
    const people = Array.from({ length: 2000 }, () => somebody());
    for (const set of inSets(people, 1000))
      await writerOf(test)(async (tx) => {
        await savePeople(tx, set);
        await saveDirectoryAccounts(
          tx,
          source,
          set.map(({ id }) => ({ personId: id, username: `many-${id}` })),
        );
      });
    expect(await test.db.account.count({ where: { username: { startsWith: "many-" }, assignments: { some: {} } } })).toBe(2000);
  });
});

describe("an account that a directory vouches for", () => {
  it("has no password here: no sign-in, none by a mail, none by an invitation", async () => {
    const email = "vouched@maru.example";
    const { username, accountId } = await member({ email });
    const passwordHash = await hashPassword("a rather long password");
    for (const password of ["", "a rather long password", username]) expect(await enter(username, password)).toBe("identity.signInRefused");
    expect(await enter(email, "a rather long password")).toBe("identity.signInRefused");
    expect(await refusal(test.as(test.actors.admin).identity.invite({ mail: email, locale: "ko" }))).toBe("identity.mailTaken");
    // The database itself knows one voucher at most.
    await expect(test.db.account.update({ where: { id: accountId }, data: { passwordHash } })).rejects.toThrow("account_has_one_voucher");
  });

  it("is given no password by a link that was sent before the directory vouched", async () => {
    const email = "invited-before@maru.example";
    const { id: personId } = await createPerson(test.db, { email });
    const { id: accountId } = await createAccount(test.db, { personId });
    await test.as(test.actors.admin).identity.invite({ mail: email, locale: "ko" });
    const token = await receiveToken(test, email);
    await test.db.account.update({ where: { id: accountId }, data: { sourceId: source } });
    expect(await refusal(test.as(null).identity.resetPassword({ token, password: "a rather long password" }))).toBe("identity.linkRefused");
  });

  it("is no service account: no client acts as it, and one that did stops", async () => {
    const { personId } = await member();
    const admin = test.as(test.actors.admin).identity;
    const client = (id: string) => admin.createApiClient({ name: "ERP", personId: id, scopes: ["board.read"] });
    expect(await refusal(client(personId))).toBe("identity.notAServiceAccount");
    const service = await createAccount(test.db);
    const { clientId, clientSecret } = await client(service.personId);
    const ask = () =>
      refusal(test.as(null).identity.issueToken({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }));
    expect(await ask()).toBe("done");
    await test.db.account.update({ where: { id: service.id }, data: { sourceId: source } });
    expect(await ask()).toBe("identity.clientRefused");
  });

  it("stands among the active ones, though it has no password", async () => {
    const { accountId, username } = await member();
    const { items } = await test.as(test.actors.admin).identity.listAccounts({ q: username, status: "active" });
    expect(items.map(({ id, status }) => [id, status])).toEqual([[accountId, "active"]]);
  });
});
