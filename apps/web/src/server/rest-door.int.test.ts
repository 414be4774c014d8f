import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { paragraphs } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

const SHOP = "https://intranet.example";
let door: TestDoor;
let bearer: Record<string, string>;
let boardId: string;

beforeAll(async () => {
  door = await startTestDoor({ settings: { corsOrigins: [SHOP] } });
  bearer = await door.bearer(door.actors.member);
  boardId = (await createBoard(door.db)).id;
  for (let count = 0; count < 3; count += 1) await createPost(door.db, { boardId, authorId: door.actors.member.id });
});
afterAll(() => door.stop());

const call = async (method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}) => {
  const headers = { ...bearer, ...(options.body === undefined ? {} : { "content-type": "application/json" }), ...options.headers };
  const body = typeof options.body === "string" || options.body === undefined ? options.body : JSON.stringify(options.body);
  const answer = await fetch(`${door.url}/api/v1${path}`, { method, headers, body });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === "" ? null : JSON.parse(text) };
};
const META = {
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  version: "v1",
  requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
};

describe("the envelope", () => {
  it("holds one thing", async () => {
    const { json } = await call("GET", "/users/me");
    expect(json).toEqual({
      success: true,
      data: expect.objectContaining({ person: expect.objectContaining({ name: "홍길동" }) }),
      meta: META,
    });
  });

  it("holds a list with the cursor of the next page", async () => {
    const first = await call("GET", `/board/boards/${boardId}/posts?limit=2`);
    expect(first.json).toEqual({ success: true, data: expect.any(Array), pagination: { nextCursor: expect.any(String) }, meta: META });
    expect(first.json.data).toHaveLength(2);
    const last = await call("GET", `/board/boards/${boardId}/posts?limit=2&cursor=${first.json.pagination.nextCursor}`);
    expect([last.json.data.length, last.json.pagination]).toEqual([1, { nextCursor: null }]);
  });

  it("holds a table with its page", async () => {
    const { json } = await call("GET", "/users?page=1&limit=2&sort=name&order=desc");
    expect(json.pagination).toEqual({ page: 1, limit: 2, total: expect.any(Number), totalPages: expect.any(Number) });
    expect(json.data).toHaveLength(2);
  });

  it("holds a failure in the language that was asked for", async () => {
    const missing = `/board/posts/${boardId}`;
    const korean = await call("GET", missing, { headers: { "accept-language": "ko-KR,ko;q=0.9,en;q=0.8" } });
    expect(korean.json).toEqual({
      success: false,
      error: { code: "board.postNotFound", message: "글을 찾을 수 없어요.", details: [] },
      meta: META,
    });
    const english = await call("GET", missing, { headers: { "accept-language": "fr, en;q=0.3, ko;q=0.1" } });
    expect([english.status, english.json.error.message]).toEqual([404, "The post could not be found."]);
  });

  it("names the fields at fault", async () => {
    const { status, json } = await call("POST", "/board/posts", {
      body: { boardId: "x", title: "", body: paragraphs("a") },
      headers: { "accept-language": "en" },
    });
    expect(status).toBe(400);
    expect(json.error.details).toEqual([
      { field: "boardId", message: "The value does not have the right form." },
      { field: "title", message: "The value is too short or too small." },
    ]);
  });
});

describe("parameters", () => {
  it.each([
    "limit=0",
    "limit=101",
    "limit=x",
    "limit=1e1",
    "limit=2&limit=3",
    "limit=",
    "unknown=1",
    "boardId=1",
    "cursor=not-a-cursor",
    "__proto__=1",
    "limit[]=1",
    "limit=%E0%A4%A",
  ])("%s is refused", async (query) => {
    expect((await call("GET", `/board/boards/${boardId}/posts?${query}`)).status).toBe(400);
  });

  it.each(["/users/me?x=1", "/board/boards/not-an-id/posts", "/board/boards/%E0%A4%A/posts"])("%s is refused", async (path) => {
    expect((await call("GET", path)).status).toBe(400);
  });

  it.each<[unknown, number]>([
    [{ locale: "en", role: "system-admin" }, 400],
    ['{"locale":"en","__proto__":{"isAdmin":true}}', 400],
    [{ locale: { contains: "" } }, 400],
    ["{", 400],
    ["[]", 400],
    [{}, 200],
  ])("the body %j: %i", async (body, status) => {
    expect((await call("PUT", "/users/me", { body })).status).toBe(status);
  });

  it("a body of another type is refused", async () => {
    expect(
      (await call("PUT", "/users/me", { body: "locale=en", headers: { "content-type": "application/x-www-form-urlencoded" } })).status,
    ).toBe(415);
  });

  it("what the path says is not said again in the body", async () => {
    expect((await call("POST", `/board/posts/${boardId}/like`, { body: { id: boardId } })).status).toBe(400);
  });
});

describe("addresses", () => {
  it.each([
    ["GET", "/nothing", 404, null],
    ["GET", "", 404, null],
    ["GET", "/users/me/", 404, null],
    ["DELETE", "/board/boards", 405, "GET, OPTIONS"],
    ["GET", "/auth/login", 405, "POST, OPTIONS"],
    ["TRACE", "/users/me", 405, null],
  ])("%s %s: %i", async (method, path, status, allow) => {
    if (method === "TRACE") return expect(() => new Request(`${door.url}/api/v1${path}`, { method })).toThrow();
    const answer = await call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ success: false, error: { code: expect.stringMatching(/^common\./) } });
    expect(answer.headers.get("allow")).toBe(allow);
  });

  it("tell what they can", async () => {
    const answer = await call("OPTIONS", "/users/me");
    expect([answer.status, answer.headers.get("allow"), answer.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "GET, PUT, DELETE, HEAD, OPTIONS",
      null,
    ]);
  });

  it("are open to the scripts of listed origins, without cookies (ASVS 3.4.2)", async () => {
    const listed = await call("OPTIONS", "/users/me", { headers: { origin: SHOP } });
    expect(listed.headers.get("access-control-allow-origin")).toBe(SHOP);
    expect(listed.headers.get("access-control-allow-credentials")).toBeNull();
    for (const origin of ["https://evil.example", `${SHOP}.evil.example`, "null"]) {
      expect((await call("GET", "/users/me", { headers: { origin } })).headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("a key", () => {
  const body = () => ({ boardId, title: "한 번만", body: paragraphs("본문") });

  it("makes a post exist once, and gives the first answer again", async () => {
    const headers = { "idempotency-key": `k-${boardId}` };
    const [first, second] = await Promise.all([
      call("POST", "/board/posts", { body: body(), headers }),
      call("POST", "/board/posts", { body: body(), headers }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.json.data).toEqual(first.json.data);
    expect(await door.db.post.count({ where: { boardId, title: "한 번만" } })).toBe(1);
    // The order of fields is no difference.
    const reordered = { title: "한 번만", body: paragraphs("본문"), boardId };
    expect((await call("POST", "/board/posts", { body: reordered, headers })).json.data).toEqual(first.json.data);
  });

  it("is a conflict with another body", async () => {
    const answer = await call("POST", "/board/posts", {
      body: { ...body(), title: "다른 글" },
      headers: { "idempotency-key": `k-${boardId}` },
    });
    expect([answer.status, answer.json.error.code]).toEqual([409, "common.idempotencyKeyReused"]);
  });
});

describe("errors that nobody expects", () => {
  it("say nothing of what went wrong, at either door (ASVS 16.5.1)", async () => {
    await door.db.$executeRawUnsafe(`ALTER TABLE "board" RENAME TO "board_away"`);
    try {
      const rest = await call("GET", "/board/boards", { headers: { "accept-language": "en" } });
      expect([rest.status, rest.json.error.code]).toEqual([500, "common.unexpected"]);
      const answer = await fetch(`${door.url}/api/trpc/board.listBoards?input=%7B%7D`, { headers: await door.browser(door.actors.member) });
      const trpc = await answer.text();
      expect([answer.status, JSON.parse(trpc).error.message]).toEqual([500, "internal error"]);
      expect(JSON.parse(trpc).error.data.requestId).toBe(answer.headers.get("x-request-id"));
      expect(`${trpc}${JSON.stringify(rest.json)}`).not.toMatch(/relation|board_away|select|prisma|stack|\.ts|\/work|postgres/i);
    } finally {
      await door.db.$executeRawUnsafe(`ALTER TABLE "board_away" RENAME TO "board"`);
    }
  });
});

describe("files", () => {
  const upload = () => {
    const body = new FormData();
    body.set("file", new File(["0123456789"], "a.txt"));
    return fetch(`${door.url}/api/v1/files/upload`, { method: "POST", headers: bearer, body });
  };
  const documented = async (path: string, method: string) =>
    Object.keys((await (await fetch(`${door.url}/api/v1/openapi.json`)).json()).paths[path][method].responses).map(Number);

  it("are uploaded with the status that the document promises", async () => {
    const answer = await upload();
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { success: true, data: expect.objectContaining({ name: "a.txt" }), meta: META },
    ]);
    const promised = await documented("/files/upload", "post");
    expect(promised).toContain(201);
    expect(promised).not.toContain(200);
  });

  it("are refused in the envelope, each with a status of the document", async () => {
    const { id } = (await (await upload()).json()).data as { id: string };
    const promised = await documented("/files/{id}", "get");
    expect((await fetch(`${door.url}/api/v1/files/${id}`, { headers: bearer })).status).toBe(200);
    const other = await door.bearer(door.actors.other);
    for (const [path, headers, status, code] of [
      [`/files/${boardId}`, bearer, 404, "files.fileNotFound"],
      [`/files/${id}`, other, 404, "files.fileNotFound"],
      [`/files/${id}?variant=64`, bearer, 404, "files.variantNotFound"],
      [`/files/${id}?variant=..%2Fx`, bearer, 404, "files.variantNotFound"],
      [`/files/${id}`, { ...bearer, range: "bytes=10-" }, 416, "files.rangeNotSatisfiable"],
      [`/files/${id}`, {}, 401, "common.signInRequired"],
    ] as const) {
      const answer = await fetch(`${door.url}/api/v1${path}`, { headers: { ...headers, "accept-language": "en" } });
      const error = { code, message: expect.stringMatching(/^[A-Z].*\.$/), details: [] };
      expect([path, answer.status, await answer.json()]).toEqual([path, status, { success: false, error, meta: META }]);
      expect(promised).toContain(status);
    }
  });
});

describe("the document", () => {
  it("describes what is answered, and every operation answers a stranger in the envelope", async () => {
    const answer = await fetch(`${door.url}/api/v1/openapi.json`);
    const document = await answer.json();
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: `${door.origin}/api/v1` }]);
    const operations = Object.entries(document.paths as Record<string, Record<string, { security?: unknown[] }>>).flatMap(
      ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, isOpen: !operation.security?.length })),
    );
    expect(operations.length).toBeGreaterThan(20);
    for (const { path, method, isOpen } of operations.filter((operation) => !operation.isOpen)) {
      const refused = await fetch(`${door.url}/api/v1${path.replace("{id}", boardId)}`, { method: method.toUpperCase() });
      expect([path, method, refused.status, isOpen]).toEqual([path, method, 401, false]);
      expect(await refused.json()).toMatchObject({ success: false, error: { code: "common.signInRequired" } });
    }
    expect(
      operations
        .filter((operation) => operation.isOpen)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "/auth/forgot-password",
      "/auth/login",
      "/auth/refresh",
      "/auth/register",
      "/auth/request-registration",
      "/auth/reset-password",
      "/auth/second-factor",
      "/auth/token",
      "/auth/verify-email",
      "/auth/verify-token",
    ]);
  });
});
