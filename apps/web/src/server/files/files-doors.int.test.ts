import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { createServer, request as httpRequest, type Server } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { type FileView, fileView, MAX_FILE_BYTES } from "@maru/api/files/contract";
import { createTestMaru, type TestMaru } from "@maru/api/testing";
import type { Actor } from "@maru/db/context";
import { createLocalStorage } from "@maru/platform/storage/local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOnceOf } from "../door-context";
import { handleDownload } from "./download";
import { plainRefusal } from "./refusals";
import { handleRestUpload, handleUpload, uploadOnce } from "./upload";

let maru: TestMaru;
let server: Server;
let origin: string;
/** Replaces the storage of the next requests. */
let storage: ReturnType<typeof createLocalStorage> | undefined;

const actorOf = (name: string | string[] | undefined): Actor => maru.actors[(name as keyof TestMaru["actors"]) ?? "member"];

beforeAll(async () => {
  maru = await createTestMaru();
  server = createServer((request, response) => {
    const ctx = maru.contextFor(actorOf(request.headers["x-test-actor"]), uploadOnce(request, createOnceOf(maru.maru.tools.tokens)));
    const door = storage ? { ...ctx, tools: { ...ctx.tools, storage } } : ctx;
    if (request.method !== "POST") void handleDownload(request, response, ctx, plainRefusal);
    else if (request.url === "/api/v1/files/upload") void handleRestUpload(request, response, ctx);
    else void handleUpload(request, response, door);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await maru.stop();
});

const send = (name: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/files`, { method: "POST", body, headers: { "maru-file-name": encodeURIComponent(name), ...headers } });
const uploaded = async (name: string, body: string | Uint8Array<ArrayBuffer>): Promise<FileView> =>
  fileView.parse(await (await send(name, body)).json());
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
const get = (path: string, headers: Record<string, string> = {}, method = "GET") => fetch(origin + path, { method, headers });
const leftovers = async () => {
  const entries = await readdir(join(maru.dataDir, "files"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && /quarantine|unfinished/.test(entry.parentPath));
};
/** An archive by its first bytes, and noise. */
const archive = (sizeBytes: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(randomBytes(sizeBytes));
  bytes.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  return bytes;
};

describe("POST /api/files", () => {
  it("answers 201 with the file's view", async () => {
    const response = await send("회의록.txt".normalize("NFD"), "내용");
    expect(response.status).toBe(201);
    expect(fileView.parse(await response.json())).toMatchObject({ name: "회의록.txt", mediaType: "text/plain", state: "READY" });
  });

  it.each([
    ["a type that is not allowed", "a.exe", "MZ", 415, "files.typeNotAllowed"],
    ["content that is something else", "a.png", "<html></html>", 400, "files.contentMismatch"],
    ["nothing", "a.txt", "", 400, "files.emptyFile"],
    ["no name", "", "x", 400, "files.nameInvalid"],
  ])("refuses %s", async (_title, name, body, status, code) => {
    const response = await send(name, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const answer = (await response.json()) as { error: Record<string, unknown> };
    expect(answer.error).toMatchObject({ code, message: code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await leftovers()).toEqual([]);
  });

  it("refuses a name that can't be decoded, and people who may not upload", async () => {
    expect(await codeOf(await send("", "x", { "maru-file-name": "%E0%A4%A" }))).toBe("files.nameInvalid");
    const response = await send("a.txt", "x", { "x-test-actor": "guest" });
    expect([response.status, await codeOf(response)]).toEqual([403, "common.forbidden"]);
  });

  it("answers 413 while the body is still coming: announced or not, to whoever is still sending (ASVS 5.2.1)", async () => {
    const announced = await send("big.zip", new Uint8Array(MAX_FILE_BYTES + 1));
    expect([announced.status, await codeOf(announced)]).toEqual([413, "files.tooLarge"]);
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const before = process.memoryUsage().rss;
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${origin}/api/files`, { method: "POST", headers: { "maru-file-name": "big.txt" } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on("error", reject);
      let sent = 0;
      const more = () => {
        while (sent < 120) {
          sent += 1;
          if (!request.write(chunk)) return void request.once("drain", more);
        }
        request.end();
      };
      more();
    });
    expect(status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    expect(await leftovers()).toEqual([]);
  });

  it("leaves nothing when the client goes away in the middle", async () => {
    const count = await maru.db.file.count();
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => {
        socket.write("POST /api/files HTTP/1.1\r\nhost: x\r\nmaru-file-name: a.zip\r\ncontent-length: 5000000\r\n\r\n");
        socket.write(archive(1_000_000), () => setTimeout(() => resolve(void socket.destroy()), 100));
      });
    });
    await expect.poll(leftovers, { timeout: 5_000 }).toEqual([]);
    expect(await maru.db.file.count()).toBe(count);
  });

  it("answers 507 when the disk is full, and goes on when it is not", async () => {
    const { open } = await import("node:fs/promises");
    storage = createLocalStorage(maru.dataDir, () => open("/dev/full", "w"));
    const response = await send("a.txt", "full");
    storage = undefined;
    expect([response.status, await codeOf(response)]).toEqual([507, "files.storageFull"]);
    expect((await send("a.txt", "not full")).status).toBe(201);
  });

  it("happens once under one key, and refuses the key for another file", async () => {
    const key = { "idempotency-key": "upload-1" };
    const [first, second] = await Promise.all([send("a.txt", "same", key), send("a.txt", "same", key)]);
    expect(((await first.json()) as FileView).id).toBe(((await second.json()) as FileView).id);
    for (const again of [send("b.txt", "same", key), send("a.txt", "diff", key)]) {
      const response = await again;
      expect([response.status, await codeOf(response)]).toEqual([409, "common.idempotencyKeyReused"]);
    }
  });
});

describe("POST /api/v1/files/upload", () => {
  const form = (name: string, content: string) => {
    const body = new FormData();
    body.set("file", new File([content], name));
    return fetch(`${origin}/api/v1/files/upload`, { method: "POST", body });
  };

  it("takes a form and answers in the envelope", async () => {
    const response = await form("보고서.txt", "REST");
    expect(response.status).toBe(201);
    const answer = (await response.json()) as { success: boolean; data: unknown; meta: Record<string, string> };
    expect(answer).toMatchObject({ success: true, data: { name: "보고서.txt" }, meta: { version: "v1" } });
  });

  it.each([
    ["a forbidden type", () => form("a.exe", "MZ"), 415, "files.typeNotAllowed"],
    ["a disguise", () => form("a.png", "<html>"), 400, "files.contentMismatch"],
    ["an empty file", () => form("a.txt", ""), 400, "files.emptyFile"],
    [
      "a form without a file",
      () => fetch(`${origin}/api/v1/files/upload`, { method: "POST", body: new FormData() }),
      400,
      "common.invalidInput",
    ],
    ["what is no form", () => fetch(`${origin}/api/v1/files/upload`, { method: "POST", body: "x" }), 415, "common.unsupportedMediaType"],
  ])("refuses %s", async (_title, ask, status, code) => {
    const response = await ask();
    const answer = (await response.json()) as { success: boolean; error: { code: string; details: unknown[] } };
    expect([response.status, answer.success, answer.error.code, Array.isArray(answer.error.details)]).toEqual([status, false, code, true]);
    expect(await leftovers()).toEqual([]);
  });

  it("refuses a form that ends in the middle of its file", async () => {
    const body = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf';
    const response = await fetch(`${origin}/api/v1/files/upload`, {
      method: "POST",
      body,
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    expect([response.status, await codeOf(response)]).toEqual([400, "common.invalidInput"]);
    expect(await leftovers()).toEqual([]);
  });
});

describe("GET /api/files/{id}", () => {
  it("gives the original as a download that can't run as a page (ASVS 3.2.1, 5.4.1, 5.4.2)", async () => {
    const { url } = await uploaded("계약서 (1).txt", "0123456789");
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("0123456789");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-length": "10",
      "content-disposition": "attachment; filename=\"___ (1).txt\"; filename*=UTF-8''%EA%B3%84%EC%95%BD%EC%84%9C%20%281%29.txt",
      "cache-control": "private, no-cache",
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("sandbox");
    expect(policy).toContain("default-src 'none'");
  });

  it("shows a PDF, and hands out a drawing without its type (ASVS 1.3.4)", async () => {
    const pdf = await get((await uploaded("a.pdf", "%PDF-1.7\n1 0 obj")).url);
    expect([pdf.headers.get("content-type"), pdf.headers.get("content-disposition")?.split(";")[0]]).toEqual(["application/pdf", "inline"]);
    const svg = await get((await uploaded("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')).url);
    expect([svg.headers.get("content-type"), svg.headers.get("content-disposition")?.split(";")[0]]).toEqual([
      "application/octet-stream",
      "attachment",
    ]);
  });

  it("serves ranges, conditions and HEAD", async () => {
    const { url } = await uploaded("range.txt", "abcdefghij");
    const etag = (await get(url, {}, "HEAD")).headers.get("etag") ?? "";
    const partial = await get(url, { range: "bytes=2-4" });
    expect([partial.status, await partial.text(), partial.headers.get("content-range")]).toEqual([206, "cde", "bytes 2-4/10"]);
    expect(await (await get(url, { range: "bytes=-3" })).text()).toBe("hij");
    const beyond = await get(url, { range: "bytes=10-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */10"]);
    expect(await codeOf(beyond)).toBe("files.rangeNotSatisfiable");
    expect((await get(url, { range: "bytes=0-1", "if-range": etag })).status).toBe(206);
    expect((await get(url, { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
    expect((await get(url, { range: "bytes=0-1,4-5" })).status).toBe(200);
    expect((await get(url, { "if-none-match": etag })).status).toBe(304);
    const head = await get(url, { range: "bytes=0-1" }, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  });

  it("is for those who may read the file, asked each time", async () => {
    const { url, id } = await uploaded("mine.txt", "mine alone");
    for (const path of [url, `${url}/64`, "/api/files/nonsense", `/api/files/${id}/..%2fx`, `/api/files/${crypto.randomUUID()}`]) {
      const response = await get(path, { "x-test-actor": "other" });
      expect(response.status).toBe(404);
      expect(await codeOf(response)).toMatch(/^files\.(fileNotFound|variantNotFound)$/);
    }
    const etag = (await get(url)).headers.get("etag") ?? "";
    // Knowing the content's hash opens nothing: the right is looked at before the condition.
    expect((await get(url, { "x-test-actor": "other", "if-none-match": etag })).status).toBe(404);
  });

  it("lets a variant be cached for ever under the address that names its bytes, and under no other", async () => {
    const { id } = await uploaded("variant.txt", "stands for a picture");
    const { sha256 } = await maru.db.file.update({ where: { id }, data: { mediaType: "image/png", state: "READY", pipeline: 1 } });
    await maru.maru.tools.storage.write(`v1/${sha256.slice(0, 2)}/${sha256}/64.webp`, Buffer.from("webp"));
    const view = await maru.as(maru.actors.member).files.getFile({ id });
    const variant = await get(view.variants["64"] ?? "");
    expect(await variant.text()).toBe("webp");
    expect([variant.headers.get("content-type"), variant.headers.get("cache-control")]).toEqual([
      "image/webp",
      "private, max-age=31536000, immutable",
    ]);
    expect((await get(`/api/files/${id}/64?v=1-00000000`)).headers.get("cache-control")).toBe("private, no-cache");
    expect((await get(`/api/files/${id}/64`)).headers.get("cache-control")).toBe("private, no-cache");
    expect((await get(`/api/files/${id}/512`)).status).toBe(404);
  });

  it("survives a reader that stops in the middle", async () => {
    const { url } = await uploaded("film.gz", archive(20_000_000));
    const controller = new AbortController();
    const response = await fetch(origin + url, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    expect((await get(url, { range: "bytes=0-9" })).status).toBe(206);
  });
});
