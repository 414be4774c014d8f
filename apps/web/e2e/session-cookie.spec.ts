import { type APIRequestContext, expect, test } from "@playwright/test";

const HONG = { username: "hong", password: "maru-demo-passphrase" };

const post = async (request: APIRequestContext, baseURL: string, path: string, form: Record<string, string>) => {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  return request.post(path, { form: { csrfToken, json: "true", ...form }, headers: { origin: new URL(baseURL).origin }, maxRedirects: 0 });
};
const signIn = (request: APIRequestContext, baseURL: string, credentials: Record<string, string>) =>
  post(request, baseURL, "/api/auth/callback/credentials", credentials);
const sessionCookie = async (request: APIRequestContext) =>
  (await request.storageState()).cookies.find(({ name }) => name.endsWith("maru.session"));
const status = async (request: APIRequestContext) => (await request.get("/api/trpc/identity.me")).status();

test("a sign-in sets one careful cookie, new each time, and the sign-out ends it everywhere (ASVS 3.3.2, 3.3.4, 7.2.4)", async ({
  request,
  playwright,
  baseURL,
}) => {
  const url = baseURL as string;
  expect((await signIn(request, url, HONG)).status()).toBe(200);
  const first = await sessionCookie(request);
  expect(first).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", secure: url.startsWith("https:") });
  expect(await status(request)).toBe(200);
  // Whoever signs in with a session in hand gets another one: a session that was planted is worth nothing.
  await signIn(request, url, HONG);
  const second = await sessionCookie(request);
  expect(second?.value).not.toBe(first?.value);

  const stolen = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { cookie: `${second?.name}=${second?.value}` } });
  expect(await status(stolen)).toBe(200);
  await post(request, url, "/api/auth/signout", {});
  expect(await sessionCookie(request)).toBeUndefined();
  expect(await status(stolen)).toBe(401);
  await stolen.dispose();
});

test("a refused sign-in reaches the page as a code, and says nothing else", async ({ request, baseURL }) => {
  const url = baseURL as string;
  for (const username of ["hong", "nobody-of-this-name"]) {
    const answer = await signIn(request, url, { username, password: "not the password" });
    expect(answer.status()).toBe(401);
    expect(new URL((await answer.json()).url).searchParams.get("error")).toBe("identity.signInRefused");
  }
  const forged = await request.post("/api/auth/callback/credentials", {
    form: { ...HONG, csrfToken: "forged", json: "true" },
    headers: { origin: new URL(url).origin },
    maxRedirects: 0,
  });
  expect(await sessionCookie(request)).toBeUndefined();
  expect(forged.headers()["set-cookie"] ?? "").not.toContain("maru.session");
  const elsewhere = await request.get("/api/auth/signin?callbackUrl=https://evil.example", { maxRedirects: 0 });
  expect(elsewhere.headers().location ?? "").not.toContain("evil.example");
});

test("each page has a nonce of its own, and no script without it", async ({ request }) => {
  const nonces = new Set<string>();
  for (let count = 0; count < 2; count += 1) {
    const answer = await request.get("/sign-in");
    const policy = answer.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    expect(policy).toContain("'strict-dynamic'");
    expect(answer.headers()["cache-control"]).toContain("no-store");
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map((match) => match[0]);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(2);
});

test("headers that speak for Next.js or for a proxy change nothing", async ({ request }) => {
  const page = await request.get("/boards", {
    headers: {
      "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
    },
    maxRedirects: 0,
  });
  expect(page.headers()["content-security-policy"]).toContain("'nonce-");
  expect(page.headers().location ?? "").not.toContain("evil.example");
  expect(await page.text()).not.toContain("evil.example");
});

test("the developers' page is written out from the document", async ({ page }) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto("/developers");
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.getByText("/api/v1/board/posts", { exact: true }).first()).toBeVisible();
  expect(violations).toEqual([]);
});
