import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import type { Database } from "./stage/database";
import { stage } from "./stage/env";
import { setRole, signIn } from "./stage/people";
import { drawTile } from "./stage/pictures";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, mention, paragraph, publish, text, upload } from "./stage/writing";

const LOCALES = ["ko", "en"] as const;
type Locale = (typeof LOCALES)[number];

type Person = "a stranger" | "a member" | "an administrator" | "somebody without rights";
/** A page, and how its title begins in both languages. */
type PageCase = {
  readonly name: string;
  readonly path: (scene: Scene) => string;
  readonly title: Record<Locale, RegExp>;
  readonly who?: Person;
};
type Scene = { readonly postId: string; readonly personId: string };

const both = (ko: string, en: string): Record<Locale, RegExp> => ({ ko: new RegExp(`^${ko}`), en: new RegExp(`^${en}`) });

const PAGES: readonly PageCase[] = [
  { name: "sign-in", path: () => "/sign-in", title: both("로그인 · 마루", "Sign in · Maru"), who: "a stranger" },
  { name: "home", path: () => "/", title: both("(홈 · )?마루", "(Home · )?Maru") },
  { name: "boards", path: () => "/boards", title: both("게시판 · ", "Boards · ") },
  { name: "list", path: () => "/boards/free", title: both("자유게시판 · ", "Open board · ") },
  { name: "post", path: ({ postId }) => `/boards/free/${postId}`, title: both("화면 시험", "화면 시험") },
  { name: "new", path: () => "/boards/free/new", title: both("글쓰기 · ", ".+ · Maru") },
  { name: "edit", path: ({ postId }) => `/boards/free/${postId}/edit`, title: both("글 수정 · ", ".+ · Maru") },
  { name: "trash", path: () => "/boards/free/trash", title: both("휴지통 · ", "Trash · ") },
  { name: "people", path: () => "/people", title: both("조직도 · ", ".+ · Maru") },
  { name: "person", path: ({ personId }) => `/people/${personId}`, title: both("임하늘 대리 · ", "Lim Haneul.* · Maru") },
  { name: "notifications", path: () => "/notifications", title: both("알림 · ", "Notifications · ") },
  { name: "sessions", path: () => "/settings/sessions", title: both("로그인 기기 · ", "Where you are signed in · ") },
  { name: "tokens", path: () => "/settings/tokens", title: both("개인 접근 토큰 · ", "Personal access tokens · ") },
  { name: "all", path: () => "/all", title: both("전체 · ", ".+ · Maru") },
  { name: "roles", path: () => "/admin/rights", title: both("권한 관리 · ", "Rights · "), who: "an administrator" },
  { name: "new-role", path: () => "/admin/rights/roles/new", title: both("역할 만들기 · ", "New role · "), who: "an administrator" },
  { name: "find-rights", path: () => "/admin/rights/people", title: both("권한 관리 · ", "Rights · "), who: "an administrator" },
  {
    name: "rights-of",
    path: ({ personId }) => `/admin/rights/people/${personId}`,
    title: both("임하늘 대리 · ", "Lim Haneul.* · Maru"),
    who: "an administrator",
  },
  { name: "audit", path: () => "/admin/audit", title: both("감사 로그 · ", "Audit log · "), who: "an administrator" },
  { name: "role-changes", path: () => "/admin/rights/changes", title: both("승인 대기 · ", "Approvals · "), who: "an administrator" },
  { name: "developers", path: () => "/developers", title: both("API · ", "API · Maru"), who: "a stranger" },
  { name: "not-found", path: () => "/nowhere/at/all", title: both(".*마루$", ".*Maru$") },
  { name: "no-permission", path: () => "/boards", title: both(".*마루$", ".*Maru$"), who: "somebody without rights" },
];

const USERS: Record<Person, string | null> = {
  "a stranger": null,
  "a member": "haneul.lim",
  "an administrator": "woojin.shim",
  "somebody without rights": "sodam.won",
};
/** A message key that nobody wrote a sentence for is shown as it is called. */
const KEY =
  /\b(?:shell|palette|pages|errors|account|audit|board|files|notification|identity|people|rights|home)\.[a-z][A-Za-z]*(?:\.[A-Za-z]+)*\b/;

/** A post with everything that a post may hold, the notice of it, and two accounts that the pages are seen with. */
const prepare = async (database: Database, author: BrowserContext): Promise<Scene> => {
  const { person_id: personId } = await database.row<{ person_id: string }>("SELECT person_id FROM account WHERE username = 'haneul.lim'");
  const fileId = await upload(author.request, "화면.png", await drawTile("#2b4c9b"));
  const attachmentId = await upload(author.request, "회의록.txt", Buffer.from("회의록"));
  const cell = (type: string, words: string) => ({ type, content: [paragraph(text(words))] });
  const body = doc(
    { type: "heading", attrs: { level: 2 }, content: [text("소제목")] },
    paragraph(text("굵게", { type: "bold" }), text(" 그리고 "), text("링크", { type: "link", attrs: { href: "https://maru.example" } })),
    paragraph(mention(personId, "임하늘 대리"), text(" 확인해 주세요")),
    { type: "bulletList", content: [{ type: "listItem", content: [paragraph(text("하나"))] }] },
    { type: "codeBlock", content: [text("const maru = 1;")] },
    { type: "blockquote", content: [paragraph(text("인용"))] },
    {
      type: "table",
      content: [
        { type: "tableRow", content: [cell("tableHeader", "이름"), cell("tableHeader", "부서")] },
        { type: "tableRow", content: [cell("tableCell", "홍길동"), cell("tableCell", "개발1팀")] },
      ],
    },
    { type: "image", attrs: { fileId, alt: "남색 화면", width: 320, height: 240 } },
  );
  const postId = await publish(author.request, await boardIdOf(database, "free"), "화면 시험", body, [attachmentId]);
  const ready = "SELECT 1 FROM file WHERE id = $1 AND state = 'READY'";
  await expect.poll(() => database.count(ready, [fileId]), { timeout: 20_000 }).toBe(1);
  return { postId, personId };
};

const expectAccessible = async (page: Page, look: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const said = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${look}: ${id}: ${target}: ${failureSummary}`));
  expect.soft(said).toEqual([]);
};

/** Everything that is loaded later has come: nothing is drawn as a skeleton any more. */
const expectFinished = async (page: Page): Promise<void> => {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
};

const expectNoOverflow = async (page: Page, look: string): Promise<void> => {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(tooWide, `${look} is wider than the screen`).toBeLessThanOrEqual(0);
};

/** A page as it comes at a width, and what the other colours make of it. */
const lookAt = async (page: Page, address: string, width: number, colours: readonly ("light" | "dark")[]): Promise<void> => {
  await page.setViewportSize({ width, height: 900 });
  for (const colorScheme of colours) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (page.url() !== address) await page.goto(address);
    await expectFinished(page);
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await expectAccessible(page, `${address} ${width} ${colorScheme}`);
  }
  await expectNoOverflow(page, `${address} at ${width}`);
};

// A picture of every step would take longer than the looks themselves.
test.use({ trace: "off" });

let scene: Scene;

test.beforeAll(async ({ browser, database }) => {
  await setRole(database, "sodam.won", null);
  await setRole(database, "woojin.shim", "system-admin");
  const author = await browser.newContext();
  await signIn(author, "haneul.lim");
  scene = await prepare(database, author);
  await author.close();
});

for (const locale of LOCALES) {
  for (const { name, path, title, who = "a member" } of PAGES) {
    test(`${name} in ${locale}, light and dark, wide and narrow`, async ({ open, database }) => {
      const username = USERS[who];
      if (username) await database.rows("UPDATE account SET locale = $2, color_scheme = NULL WHERE username = $1", [username, locale]);
      const { page, complaints } = await open(username, { locale: locale === "ko" ? "ko-KR" : "en-US" });
      const address = stage.url() + path(scene);
      // Words change widths and not colours: all four looks are examined in one language, two of them in the other.
      const isFirst = locale === "ko";
      await lookAt(page, address, 1_440, isFirst ? ["light", "dark"] : ["light"]);
      await page.goto("about:blank");
      await lookAt(page, address, 390, isFirst ? ["dark", "light"] : ["dark"]);
      await page.setViewportSize({ width: 360, height: 780 });
      await expectNoOverflow(page, `${name} at 360`);
      await expect.soft(page).toHaveTitle(title[locale]);
      await expect.soft(page.locator("html")).toHaveAttribute("lang", locale);
      if (name !== "developers") await expect.soft(page.locator("body")).not.toContainText(KEY, { useInnerText: true });
      // What is not there, or not allowed, is answered so: the browser reports the status of the page itself.
      const isRefusal = (error: string) => /status of 40[34]/.test(error) && error.includes(address);
      expect(complaints.errors.filter((error) => !isRefusal(error))).toEqual([]);
    });
  }
}
