import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { whenAlive } from "./stage/alive";
import { call, personIdOf } from "./stage/people";
import { prepareSync } from "./stage/sync-scene";
import { expect, test } from "./stage/test";
import { doc, mention, paragraph, text } from "./stage/writing";

const FOLDER = join(fileURLToPath(import.meta.url), "../../../../docs/guide/images");
const WIDE = { width: 1_440, height: 900 };
const NARROW = { width: 390, height: 780 };

/** Screens have few colours: a palette makes the picture a quarter as heavy. */
const take = async (page: Page, name: string): Promise<void> => {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
  await mkdir(FOLDER, { recursive: true });
  await sharp(shot)
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(join(FOLDER, `${name}.png`));
};

test.use({ trace: "off" });

test("the pictures of the guide", async ({ open, database }) => {
  test.setTimeout(180_000);
  const { page: hong } = await open("hong", { viewport: WIDE });
  const { post_id: postId } = await database.row<{ post_id: string }>(
    `SELECT p.id AS post_id FROM post p JOIN board b ON b.id = p.board_id AND b.slug = 'free'
     WHERE p.body::text LIKE '%"image"%' ORDER BY p.published_at DESC LIMIT 1`,
  );
  const { page: kim } = await open("kim");
  const note = doc(paragraph(mention(await personIdOf(database, "hong"), "홍길동 과장"), text(" 사진 더 있으면 나눠 주세요.")));
  expect((await call(kim.request, "board.addComment", { postId, body: note })).status).toBe(200);
  const told = "SELECT 1 FROM notification n JOIN account a ON a.person_id = n.person_id WHERE a.username = 'hong' AND n.subject_id = $1";
  await expect.poll(() => database.count(told, [postId])).toBeGreaterThan(0);

  await hong.goto("/");
  await take(hong, "home");
  await hong.goto("/boards/free");
  await take(hong, "board");
  await hong.goto(`/boards/free/${postId}`);
  await expect
    .poll(() =>
      hong
        .getByRole("main")
        .locator("figure img")
        .first()
        .evaluate((image: HTMLImageElement) => image.complete),
    )
    .toBe(true);
  await take(hong, "post");

  await hong.goto("/boards/free/new");
  await hong.getByRole("textbox", { name: "제목", exact: true }).fill("금요일 점심 함께하실 분");
  await hong.getByRole("textbox", { name: "본문" }).click();
  await hong.keyboard.type("회사 앞 국숫집에 가려고 해요. @김영");
  await expect(hong.getByRole("option", { name: /김영희 차장/ })).toBeVisible();
  await take(hong, "editor");

  const { page: dark } = await open("hong", { viewport: WIDE, colorScheme: "dark" });
  await dark.goto("/");
  await whenAlive(dark);
  await dark.getByRole("banner").getByRole("button", { name: /^알림/ }).click();
  await expect(dark.getByRole("dialog", { name: "알림" }).getByRole("link").first()).toBeVisible();
  await take(dark, "notifications-dark");

  const { page: phone } = await open("hong", { viewport: NARROW, isMobile: true, hasTouch: true });
  await phone.goto("/");
  await take(phone, "home-phone");
  await phone.goto(`/boards/free/${postId}`);
  await take(phone, "post-phone");

  const { page: english } = await open("haneul.lim", { viewport: WIDE, locale: "en-US" });
  await english.goto("/people");
  await take(english, "people");
});

test("the pictures of accounts and rights", async ({ open }) => {
  test.setTimeout(180_000);
  const { page: hong } = await open("hong", { viewport: WIDE });
  await hong.goto("/settings/security");
  await take(hong, "security");

  const { page: admin } = await open("admin", { viewport: WIDE });
  await admin.goto("/admin/accounts");
  await take(admin, "accounts");
  await admin.goto("/admin/rights");
  await admin
    .getByRole("link", { name: /부서 관리자/ })
    .first()
    .click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("부서 관리자");
  await take(admin, "role");
  await admin.goto("/admin/audit");
  await take(admin, "audit");
});

test("the pictures of people", async ({ open, database }) => {
  test.setTimeout(180_000);
  const { page: hong } = await open("hong", { viewport: WIDE });
  const { id: departmentId } = await database.row<{ id: string }>("SELECT id FROM department WHERE code = 'DEV'");
  await hong.goto("/people/chart?view=picture");
  await expect(hong.locator("section a[href^='/departments/']").first()).toBeVisible();
  await take(hong, "chart");
  for (const [name, path] of [
    ["tree", "/people/chart"],
    ["department", `/departments/${departmentId}`],
    ["person", `/people/${await personIdOf(database, "kim")}`],
    ["absence", "/settings/absence"],
    ["search", `/search?q=${encodeURIComponent("개발1팀")}`],
  ] as const) {
    await hong.goto(path);
    await take(hong, name);
  }
});

test("the pictures of the organisation", async ({ open, database }) => {
  test.setTimeout(180_000);
  const { page: admin } = await open("admin", { viewport: WIDE });
  const personId = await personIdOf(database, "kim");
  const { sourceId, runId } = await prepareSync(database, await personIdOf(database, "admin"), "본사 AD");
  for (const [name, path] of [
    ["staff", "/admin/people"],
    ["staff-person", `/admin/people/${personId}`],
    ["joining", "/admin/people/new"],
    ["standings", "/admin/standings"],
    ["reorganisation", "/admin/organisation/new"],
    ["import", "/admin/people/import"],
    ["sync", "/admin/sync"],
    ["sync-source", `/admin/sync/sources/${sourceId}`],
    ["sync-run", `/admin/sync/runs/${runId}`],
  ] as const) {
    await admin.goto(path);
    await take(admin, name);
  }
});
