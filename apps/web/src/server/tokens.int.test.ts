import { testServers } from "@maru/db/testing/env";
import { createAccount } from "@maru/db/testing/factories/account";
import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { hashPassword } from "@maru/platform/crypto/password";
import { createHints } from "@maru/platform/hints";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticator } from "./authenticator";
import { startTestDoor, type TestDoor } from "./testing/test-door";

const PASSWORD = "canary-password-5f1c77";
const logged: string[] = [];
let door: TestDoor;

beforeAll(async () => {
  door = await startTestDoor({
    log: createLog({ service: "test", level: "trace", destination: { write: (line) => void logged.push(line) } }),
  });
});
afterAll(() => door.stop());

type Json = { readonly [key: string]: Json } & readonly Json[] & string;
type Reply = { readonly status: number; readonly data: Json; readonly code: string | undefined };
type Headers = Record<string, string>;

const send = async (method: string, url: string, headers: Headers, body?: unknown): Promise<Reply> => {
  const typed: Headers = body === undefined ? headers : { ...headers, "content-type": "application/json" };
  const answer = await fetch(door.url + url, { method, headers: typed, body: body === undefined ? undefined : JSON.stringify(body) });
  const json = (await answer.json()) as { data: Json; error?: { code?: string; data?: { app?: { code: string } } } };
  return { status: answer.status, data: json.data, code: json.error?.code ?? json.error?.data?.app?.code };
};
const rest = (method: string, path: string, token: string | null, body?: unknown): Promise<Reply> =>
  send(method, `/api/v1${path}`, token === null ? {} : { authorization: `Bearer ${token}` }, body);
const makeToken = async (scopes: readonly string[], actor = door.actors.member) => {
  const { token } = await door.openSession(actor, "access");
  const made = await rest("POST", "/users/me/tokens", token, { name: "스크립트", scopes, expiresInDays: 7 });
  return { id: made.data.id as string, token: made.data.token as string };
};
/** Someone with a password, and what the API answered to it. */
const logIn = async () => {
  const { username, id } = await createAccount(door.db, { passwordHash: await hashPassword(PASSWORD) });
  const { data } = await rest("POST", "/auth/login", null, { username, password: PASSWORD });
  return { accountId: id, accessToken: data.accessToken as string, refreshToken: data.refreshToken as string };
};

describe("a personal token", () => {
  it("calls under /api/v1 what its scopes name, and nothing else", async () => {
    const board = await createBoard(door.db);
    const { token } = await makeToken(["board.read"]);
    expect((await rest("GET", `/board/boards/${board.id}/posts`, token)).status).toBe(200);
    const post = { boardId: board.id, title: "제목", body: { type: "doc", content: [{ type: "paragraph" }] } };
    expect(await rest("POST", "/board/posts", token, post)).toMatchObject({ status: 403, code: "common.forbidden" });
    expect(await rest("GET", "/users?page=1", token)).toMatchObject({ status: 403 });
    expect((await rest("GET", "/users/me", token)).data.permissions).toEqual(["board.read"]);
    const writer = await makeToken(["board.read", "board.post"]);
    expect((await rest("POST", "/board/posts", writer.token, post)).status).toBe(200);
  });

  it("is nobody to tRPC, as a bearer and as a cookie", async () => {
    const { token } = await makeToken(["board.read"]);
    const page = { origin: door.origin, "sec-fetch-site": "same-origin" };
    const carriers: Headers[] = [{ authorization: `Bearer ${token}` }, { cookie: `maru.session=${token}` }];
    for (const headers of carriers) {
      expect(await send("GET", "/api/trpc/board.listBoards", { ...page, ...headers })).toMatchObject({ status: 401 });
      expect(await send("POST", "/api/trpc/identity.updateProfile", { ...page, ...headers }, { locale: "ko" })).toMatchObject({
        status: 401,
      });
    }
  });

  it("makes no token and ends no session", async () => {
    const { id, token } = await makeToken(["board.read"]);
    const more = { name: "둘째", scopes: ["board.read"], expiresInDays: 1 };
    for (const reply of [
      await rest("POST", "/users/me/tokens", token, more),
      await rest("GET", "/users/me/tokens", token),
      await rest("DELETE", `/users/me/tokens/${id}`, token),
      await rest("GET", "/users/me/sessions", token),
      await rest("PUT", "/users/me", token, { locale: "en" }),
      await rest("POST", "/auth/logout", token),
    ])
      expect(reply).toMatchObject({ status: 403, code: "common.forbidden" });
  });

  it("streams files as far as its scopes reach", async () => {
    const board = await createBoard(door.db);
    const post = await createPost(door.db, { boardId: board.id, authorId: door.actors.member.id });
    const { token: session } = await door.openSession(door.actors.member, "access");
    const form = new FormData();
    form.append("file", new Blob(["첨부"], { type: "text/plain" }), "첨부.txt");
    const upload = (token: string) =>
      fetch(`${door.url}/api/v1/files/upload`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
    const [reader, uploader] = [await makeToken(["board.read"]), await makeToken(["files.upload"])];
    expect((await upload(reader.token)).status).toBe(403);
    const uploaded = await upload(uploader.token);
    expect(uploaded.status).toBe(201);
    const { id } = ((await uploaded.json()) as { data: { id: string } }).data;
    const download = async (token: string) =>
      (await fetch(`${door.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await download(session), await download(uploader.token), await download(reader.token)]).toEqual([200, 200, 404]);
    await door.db.file.update({ where: { id }, data: { subjectType: "board.post", subjectId: post.id } });
    expect([await download(uploader.token), await download(reader.token)]).toEqual([404, 200]);
  });

  it("that is revoked is refused at once, by the hint, and within 5 s without one", async () => {
    const { token: session } = await door.openSession(door.actors.member, "access");
    const [first, second] = [await makeToken(["board.read"]), await makeToken(["board.read"])];
    const status = async (token: string) => (await rest("GET", "/users/me", token)).status;
    expect([await status(first.token), await status(second.token)]).toEqual([200, 200]);
    expect((await rest("DELETE", `/users/me/tokens/${first.id}`, session)).status).toBe(200);
    await expect.poll(() => status(first.token), { timeout: 1_500, interval: 20 }).toBe(401);
    await door.db.personalToken.update({ where: { id: second.id }, data: { revokedAt: new Date() } });
    await expect.poll(() => status(second.token), { timeout: 5_000, interval: 100 }).toBe(401);
  });
});

describe("signing out", () => {
  it("ends access and refresh token, in another process too: at once by the hint, within 5 s without one", async () => {
    const redisUrl = testServers().redisUrl;
    const silent = createLog({ service: "test", level: "silent" });
    // What another process has of its own: its memory, and its way to Redis, which leads nowhere for the second of them.
    const [hints, noHints] = [createHints(redisUrl, silent), createHints("redis://127.0.0.1:1", silent)];
    const others = [hints, noHints].map((own) => createAuthenticator({ ...door.maru, hints: own }));
    const { accessToken, refreshToken } = await logIn();
    const isKnown = async (index: number) => (await others[index]?.authenticate("access", accessToken, null)) !== null;
    await expect.poll(() => hints.isConnected()).toBe(true);
    expect([await isKnown(0), await isKnown(1)]).toEqual([true, true]);
    expect((await rest("POST", "/auth/logout", accessToken)).status).toBe(200);
    const since = Date.now();
    await expect.poll(() => isKnown(0), { timeout: 1_500, interval: 20 }).toBe(false);
    await expect.poll(() => isKnown(1), { timeout: 5_000, interval: 100 }).toBe(false);
    expect(Date.now() - since).toBeLessThan(5_000);
    expect((await rest("GET", "/users/me", accessToken)).status).toBe(401);
    expect((await rest("POST", "/auth/refresh", null, { refreshToken })).code).toBe("identity.refreshRefused");
    for (const other of others) other.close();
    for (const own of [hints, noHints]) own.close();
  });

  it("of one session is told by the list, and the access token of another goes on", async () => {
    const { token } = await door.openSession(door.actors.other, "access");
    const ended = await door.openSession(door.actors.other, "access");
    expect((await rest("GET", "/users/me", ended.token)).status).toBe(200);
    expect((await rest("DELETE", `/users/me/sessions/${ended.sessionId}`, token)).status).toBe(200);
    await expect.poll(async () => (await rest("GET", "/users/me", ended.token)).status, { timeout: 5_000, interval: 50 }).toBe(401);
    const { data } = await rest("GET", "/users/me/sessions", token);
    expect(data.map(({ id }) => id)).not.toContain(ended.sessionId);
  });
});

describe("a client that says who it is in the header of its own", () => {
  const { grant_type, ...nobody } = {
    grant_type: "client_credentials",
    client_id: "0198a3c1-0000-7000-8000-000000000000",
    client_secret: "x",
  };
  const issue = async (client: string, body: object = { grant_type }) => {
    const authorization = `Basic ${Buffer.from(client).toString("base64")}`;
    const headers = { authorization, "content-type": "application/json" };
    return fetch(`${door.url}/api/v1/auth/token`, { method: "POST", headers, body: JSON.stringify(body) });
  };

  it("is given a token, and refused with a challenge when the secret is wrong", async () => {
    const { token } = await door.openSession(door.actors.admin, "access");
    const { personId } = await createAccount(door.db);
    const { clientId, clientSecret } = (await rest("POST", "/admin/api-clients", token, { name: "연동", personId, scopes: ["board.read"] }))
      .data;
    expect((await issue(`${clientId}:${clientSecret}`)).status).toBe(200);
    const wrong = await issue(`${clientId}:wrong`);
    expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="Maru"']);
  });

  it("says it once", async () => {
    expect((await issue("a:b", { grant_type, ...nobody })).status).toBe(400);
    expect((await issue("no colon")).status).toBe(400);
    expect((await rest("POST", "/auth/token", null, { grant_type, ...nobody })).code).toBe("identity.clientRefused");
  });
});

describe("the secrets of all these flows", () => {
  it("appear in no log line and stand nowhere in the database", async () => {
    const { accessToken, refreshToken } = await logIn();
    const pair = (await rest("POST", "/auth/refresh", null, { refreshToken })).data;
    const { token: admin } = await door.openSession(door.actors.admin, "access");
    const service = await createAccount(door.db);
    const key = { authorization: `Bearer ${admin}`, "idempotency-key": "canary-key" };
    const client = (
      await send("POST", "/api/v1/admin/api-clients", key, { name: "연동", personId: service.personId, scopes: ["board.read"] })
    ).data;
    const credentials = { grant_type: "client_credentials", client_id: client.clientId, client_secret: client.clientSecret };
    const issued = (await rest("POST", "/auth/token", null, credentials)).data;
    const personal = await makeToken(["board.read"]);
    const secrets = [PASSWORD, accessToken, refreshToken, admin, personal.token, pair.accessToken, pair.refreshToken].concat(
      client.clientSecret as string,
      issued.access_token as string,
    ) as string[];
    expect(secrets.filter((secret) => typeof secret !== "string" || secret.length < 20)).toEqual([]);
    for (const token of secrets) {
      await rest("POST", "/auth/verify-token", null, { token });
      await rest("POST", "/auth/refresh", null, { refreshToken: token, unknown: token });
      await rest("POST", "/auth/token", null, { ...credentials, client_secret: token });
      await rest("GET", "/users/me", token);
      await rest("DELETE", "/users/me/sessions/x", token);
      await rest("POST", "/auth/login", null, { username: token, password: token });
    }
    // Where a statement fails, what it was about to do is in the error, and the error in the log.
    for (const table of ["refresh_token", "personal_token", "api_client"]) {
      await door.db.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "away"`);
      await rest("POST", "/auth/refresh", null, { refreshToken: pair.refreshToken });
      await rest("POST", "/auth/token", null, credentials);
      await rest("POST", "/auth/verify-token", null, { token: personal.token });
      await rest("POST", "/auth/login", null, { username: "nobody", password: PASSWORD });
      await rest("POST", "/users/me/tokens", admin, { name: "x", scopes: ["board.read"], expiresInDays: 1 });
      await door.db.$executeRawUnsafe(`ALTER TABLE "away" RENAME TO "${table}"`);
    }
    expect(logged.filter((line) => line.includes("a request failed unexpectedly")).length).toBeGreaterThan(2);
    // The stolen one, too: its family ends, with a record, an event and a hint.
    await rest("POST", "/auth/refresh", null, { refreshToken: pair.refreshToken });
    await rest("POST", "/auth/refresh", null, { refreshToken });
    expect(door.lines.length).toBeGreaterThan(50);
    const text = [...logged, ...door.lines].join("\n");
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const tables = await door.db.$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = await door.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
      const stored = rows.map(({ row }) => row).join("\n");
      expect([name, secrets.filter((secret) => stored.includes(secret))]).toEqual([name, []]);
    }
  });
});
