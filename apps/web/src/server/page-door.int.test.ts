import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
let secure: TestDoor;
const seen: Record<string, unknown>[] = [];
const handlePage: NonNullable<Parameters<typeof startTestDoor>[0]>["handlePage"] = async (request, response) => {
  seen.push({ ...request.headers });
  response.end("page");
};

beforeAll(async () => {
  door = await startTestDoor({ handlePage, migration: "20990101000000_not_yet" });
  secure = await startTestDoor({
    handlePage,
    settings: { origin: "https://maru.example.com", trustedProxies: ["127.0.0.1"], metricsToken: "a-token-of-twenty-chars" },
  });
});
afterAll(async () => {
  await door.stop();
  await secure.stop();
});

/** fetch writes its own Host. */
const get = (url: string, headers: Record<string, string>) =>
  new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.on("error", reject);
    request.end();
  });

describe("what reaches a page", () => {
  it("is the configured address, whatever Host says, and nothing that only Next.js may say", async () => {
    seen.length = 0;
    await get(`${door.url}/boards`, {
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "1.2.3.4",
      forwarded: "host=evil.example",
      "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy",
      "x-middleware-prefetch": "1",
      "x-nextjs-data": "1",
      "x-nonce": "chosen",
      "x-original-url": "/admin",
    });
    expect(seen[0]).toMatchObject({
      host: "127.0.0.1:1",
      "x-forwarded-host": "127.0.0.1:1",
      "x-forwarded-proto": "http",
      "x-forwarded-for": "127.0.0.1",
    });
    for (const name of ["forwarded", "x-middleware-subrequest", "x-middleware-prefetch", "x-nextjs-data", "x-nonce", "x-original-url"])
      expect(seen[0]).not.toHaveProperty(name);
    expect(JSON.stringify(seen[0])).not.toMatch(/evil|1\.2\.3\.4/);
  });

  it("is the client that the configured proxy names", async () => {
    seen.length = 0;
    await get(`${secure.url}/boards`, { "x-forwarded-for": "6.6.6.6, 203.0.113.7" });
    expect(seen[0]).toMatchObject({ host: "maru.example.com", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7" });
  });

  it("is answered with the headers of every answer, HSTS where there is https", async () => {
    expect((await get(`${door.url}/boards`, {})).headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
    expect((await get(`${door.url}/boards`, {})).headers).not.toHaveProperty("strict-transport-security");
    expect((await get(`${secure.url}/boards`, {})).headers).toMatchObject({
      "strict-transport-security": expect.stringContaining("max-age="),
    });
  });

  it("https asks for a __Host- cookie and knows no other (ASVS 3.3.3)", async () => {
    const { token } = await secure.openSession(secure.actors.member, "web");
    const status = async (name: string) => (await get(`${secure.url}/api/trpc/identity.me`, { cookie: `${name}=${token}` })).status;
    expect([await status("__Host-maru.session"), await status("maru.session")]).toEqual([200, 401]);
  });

  it.each([
    ["a form without its length", { "transfer-encoding": "chunked" }, 411],
    ["a form beyond the limit", { "content-length": "20000" }, 413],
  ])("%s is refused", async (_name, headers, status) => {
    const refused = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        `${door.url}/api/auth/callback/credentials`,
        {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...headers } as Record<
            string,
            string
          >,
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          request.destroy();
        },
      );
      request.on("error", reject);
      request.write("a=b");
    });
    expect(refused).toBe(status);
  });
});

describe("probes", () => {
  it("are ready only on the migrations of this build", async () => {
    expect((await fetch(`${door.url}/livez`)).status).toBe(200);
    const notYet = await fetch(`${door.url}/readyz`);
    expect([notYet.status, await notYet.text()]).toEqual([503, "database not migrated\n"]);
    expect((await fetch(`${secure.url}/readyz`)).status).toBe(200);
  });

  it("show figures to this machine, or to who has the token", async () => {
    const figures = await fetch(`${door.url}/metrics`);
    expect(figures.status).toBe(200);
    expect(await figures.text()).toContain("maru_request_seconds_bucket");
    // A proxy that nobody told us of must not open them to the world.
    expect((await get(`${door.url}/metrics`, { "x-forwarded-for": "203.0.113.7" })).status).toBe(404);
    const from = { "x-forwarded-for": "203.0.113.7" };
    expect((await get(`${secure.url}/metrics`, from)).status).toBe(404);
    expect((await get(`${secure.url}/metrics`, { ...from, authorization: "Bearer wrong-token-of-20-chars" })).status).toBe(404);
    expect((await get(`${secure.url}/metrics`, { ...from, authorization: "Bearer a-token-of-twenty-chars" })).status).toBe(200);
  });
});

describe("stopping", () => {
  it("answers what is under way, closes streams, and is ready no more", async () => {
    const leaving = await startTestDoor();
    const browser = await leaving.browser(leaving.actors.member);
    const stream = await fetch(`${leaving.url}/api/trpc/notification.stream?input=%7B%7D`, { headers: browser });
    const ended = (stream.body as ReadableStream<Uint8Array>).getReader().closed.catch(() => "cut");
    const before = performance.now();
    await leaving.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    await ended;
    await expect(fetch(`${leaving.url}/livez`)).rejects.toThrow();
  });
});
