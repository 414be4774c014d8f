import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
let browser: Record<string, string>;
let bearer: Record<string, string>;

beforeAll(async () => {
  door = await startTestDoor();
  browser = await door.browser(door.actors.member);
  bearer = await door.bearer(door.actors.member);
});
afterAll(() => door.stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${door.url}${path}`, { headers });
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${door.url}${path}`, { method: "POST", headers, body });
const JSON_TYPE = { "content-type": "application/json" };

/** A request with headers that fetch would not send. */
const raw = (path: string, options: { method?: string; headers?: Record<string, string>; body?: string }) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpRequest(`${door.url}${path}`, { method: options.method ?? "GET", headers: options.headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
    request.end(options.body);
  });

describe("who asks", () => {
  it("is known by the cookie at the tRPC door", async () => {
    const answer = await get("/api/trpc/identity.me", browser);
    expect(answer.status).toBe(200);
    expect((await answer.json()).result.data).toMatchObject({ person: { id: door.actors.member.id, name: "홍길동" } });
  });

  it("is a stranger without one, and gets nobody's data", async () => {
    const answer = await get("/api/trpc/identity.me");
    expect(answer.status).toBe(401);
    expect((await answer.json()).error).toMatchObject({ message: "common.signInRequired", data: { app: { kind: "unauthenticated" } } });
  });

  it("is known by the Bearer token alone at the REST door (ASVS 9.2.2)", async () => {
    expect((await get("/api/v1/users/me", bearer)).status).toBe(200);
    expect((await get("/api/v1/users/me", browser)).status).toBe(401);
    // Neither token passes for the other.
    const webToken = browser.cookie?.split("=")[1] ?? "";
    expect((await get("/api/v1/users/me", { authorization: `Bearer ${webToken}` })).status).toBe(401);
    const accessToken = bearer.authorization?.split(" ")[1] ?? "";
    expect((await get("/api/trpc/identity.me", { cookie: `maru.session=${accessToken}` })).status).toBe(401);
  });

  it.each(["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."])("is a stranger with the token %j", async (token) => {
    expect((await get("/api/v1/users/me", { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await get("/api/trpc/identity.me", { cookie: `maru.session=${token}` })).status).toBe(401);
  });
});

describe("requests of other sites (ASVS 3.5.1)", () => {
  const mutate = (headers: Record<string, string>, body = "{}") =>
    raw("/api/trpc/identity.updateProfile", { method: "POST", headers, body });
  const cookie = () => ({ cookie: browser.cookie ?? "" });

  it.each<[string, number, Record<string, string>]>([
    ["our page, by Sec-Fetch-Site", 200, { ...JSON_TYPE, "sec-fetch-site": "same-origin" }],
    ["our page, by Origin", 200, { ...JSON_TYPE, origin: "http://127.0.0.1:1" }],
    ["nothing said", 403, { ...JSON_TYPE }],
    ["another site", 403, { ...JSON_TYPE, "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another port of ours", 403, { ...JSON_TYPE, "sec-fetch-site": "same-site", origin: "http://127.0.0.1:2" }],
    ["typed into the address bar", 403, { ...JSON_TYPE, "sec-fetch-site": "none" }],
    ["another origin without Sec-Fetch-Site", 403, { ...JSON_TYPE, origin: "https://evil.example" }],
    ["an origin that begins like ours", 403, { ...JSON_TYPE, origin: "http://127.0.0.1:1.evil.example" }],
    ["no origin at all, as sandboxed pages have", 403, { ...JSON_TYPE, origin: "null" }],
    ["no origin, whatever Sec-Fetch-Site says", 403, { ...JSON_TYPE, origin: "null", "sec-fetch-site": "same-origin" }],
    ["a form", 415, { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "same-origin" }],
    ["a form that says text", 415, { "content-type": "text/plain", "sec-fetch-site": "same-origin" }],
    ["a stream of bytes", 415, { "content-type": "application/octet-stream", "sec-fetch-site": "same-origin" }],
    ["no content type", 415, { "sec-fetch-site": "same-origin" }],
    ["JSON within another type", 415, { "content-type": "text/plain; application/json", "sec-fetch-site": "same-origin" }],
  ])("%s: %i", async (_name, status, headers) => {
    expect((await mutate({ ...cookie(), ...headers })).status).toBe(status);
  });

  it("can't run a mutation without input by a form (ASVS 3.5.2)", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    const headers = { cookie: `maru.session=${token}`, "content-type": "multipart/form-data; boundary=x", origin: "https://evil.example" };
    expect((await raw("/api/trpc/identity.signOut", { method: "POST", headers, body: "--x--" })).status).toBe(415);
    expect((await door.db.session.findUniqueOrThrow({ where: { id: sessionId } })).endedAt).toBeNull();
  });

  it("can't read either", async () => {
    expect((await raw("/api/trpc/identity.me", { headers: { ...cookie(), "sec-fetch-site": "cross-site" } })).status).toBe(403);
    expect(
      (await raw("/api/files/0190f5e5-0000-7000-8000-000000000000", { headers: { ...cookie(), "sec-fetch-site": "cross-site" } })).status,
    ).toBe(403);
  });

  it("can't mutate by GET (ASVS 3.5.3)", async () => {
    expect((await get("/api/trpc/identity.signOut", browser)).status).toBe(405);
  });

  it.each<[string, number, Record<string, string>]>([
    ["our page", 200, { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }],
    ["another site", 403, { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" }],
    ["no origin", 403, { "content-type": "application/x-www-form-urlencoded", origin: "null" }],
    ["multipart", 415, { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "same-origin" }],
  ])("sign-in from %s: %i", async (_name, status, headers) => {
    const body = "a=b";
    const answer = await raw("/api/auth/callback/credentials", { method: "POST", headers: { ...headers, "content-length": "3" }, body });
    expect(answer.status).toBe(status);
  });

  it("can't post to a page", async () => {
    expect((await raw("/boards", { method: "POST", headers: { ...browser, ...JSON_TYPE }, body: "{}" })).status).toBe(405);
  });

  it("scripts with a Bearer token need neither header", async () => {
    const answer = await fetch(`${door.url}/api/v1/users/me`, {
      method: "PUT",
      headers: { ...bearer, ...JSON_TYPE },
      body: `{"locale":"en"}`,
    });
    expect(answer.status).toBe(200);
  });
});

describe("malformed input", () => {
  it.each([
    ["/api/trpc/board.getPost?input=%7B", 400],
    ["/api/trpc/board.getPost?input=%E0%A4%A", 400],
    ["/api/trpc/board.getPost", 400],
    [`/api/trpc/board.getPost?input=${encodeURIComponent('{"id":"1"}')}`, 400],
    [`/api/trpc/board.getBoard?input=${encodeURIComponent('{"slug":"a","extra":1}')}`, 400],
    [`/api/trpc/board.getBoard?input=${encodeURIComponent('{"slug":"a","__proto__":{"x":1}}')}`, 400],
    ["/api/trpc/board.nothing", 404],
    ["/api/trpc/__proto__", 404],
    ["/api/trpc/constructor", 404],
    ["/api/trpc/%E0%A4%A", 400],
    [`/api/trpc/${Array.from({ length: 11 }, () => "identity.me").join(",")}?batch=1`, 400],
    [`/api/trpc/identity.me,identity.signOut?batch=1`, 400],
  ])("%s: %i", async (path, status) => {
    const answer = await get(path, browser);
    expect(answer.status).toBe(status);
    expect(Object.keys(await answer.json())).toEqual(["error"]);
  });

  it.each(["{", "[]", '"text"', "null", '{"locale":"fr"}', '{"locale":"ko","isAdmin":true}'])("the body %s is refused", async (body) => {
    expect((await post("/api/trpc/identity.updateProfile", body, { ...browser, ...JSON_TYPE })).status).toBe(400);
    expect((await fetch(`${door.url}/api/v1/users/me`, { method: "PUT", headers: { ...bearer, ...JSON_TYPE }, body })).status).toBe(400);
  });

  it("a body beyond the limit is refused, announced or not", async () => {
    const body = JSON.stringify({ locale: "x".repeat(1_100_000) });
    expect((await post("/api/trpc/identity.updateProfile", body, { ...browser, ...JSON_TYPE })).status).toBe(413);
    const streamed = await raw("/api/trpc/identity.updateProfile", {
      method: "POST",
      headers: { ...browser, ...JSON_TYPE, "transfer-encoding": "chunked" },
      body,
    });
    expect(streamed.status).toBe(413);
    expect((await fetch(`${door.url}/api/v1/users/me`, { method: "PUT", headers: { ...bearer, ...JSON_TYPE }, body })).status).toBe(413);
  });

  it.each(["a b", "é", "x".repeat(201)])("the idempotency key %j is refused", async (key) => {
    const headers = { ...browser, ...JSON_TYPE, "idempotency-key": encodeURI(key) === key ? key : Buffer.from(key).toString("latin1") };
    expect((await raw("/api/trpc/identity.updateProfile", { method: "POST", headers, body: "{}" })).status).toBe(400);
  });
});

describe("answers", () => {
  it("carry their headers (ASVS 3.4.4, 3.4.5)", async () => {
    for (const answer of [
      await get("/api/trpc/identity.me", browser),
      await get("/api/v1/users/me", bearer),
      await get("/api/v1/nothing"),
    ]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "strict-origin-when-cross-origin",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(answer.headers.get("strict-transport-security")).toBeNull();
      expect(answer.headers.get("x-powered-by")).toBeNull();
    }
  });

  it("take over a well-formed request id and no other", async () => {
    const id = "0190f5e5-1111-7000-8000-000000000000";
    expect((await get("/api/v1/nothing", { "x-request-id": id })).headers.get("x-request-id")).toBe(id);
    expect((await get("/api/v1/nothing", { "x-request-id": 'x","level":"fatal' })).headers.get("x-request-id")).not.toContain("fatal");
  });

  it("to HEAD have no body", async () => {
    const answer = await fetch(`${door.url}/api/v1/users/me`, { method: "HEAD", headers: bearer });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  it("leave one line in the log, without the query", async () => {
    door.lines.length = 0;
    await get(`/api/trpc/board.getBoard?input=${encodeURIComponent('{"slug":"canary-4711"}')}`, browser);
    await expect.poll(() => door.lines.length).toBe(1);
    const line = JSON.parse(door.lines[0] as string);
    expect(line).toMatchObject({
      level: "info",
      method: "GET",
      path: "/api/trpc/board.getBoard",
      door: "trpc",
      status: 404,
      personId: door.actors.member.id,
    });
    expect(door.lines[0]).not.toContain("canary-4711");
  });
});
