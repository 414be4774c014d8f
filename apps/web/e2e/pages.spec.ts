import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./stage/accessible";
import type { Database } from "./stage/database";
import { stage } from "./stage/env";
import { setRole, signIn } from "./stage/people";
import { drawTile } from "./stage/pictures";
import { prepareSync } from "./stage/sync-scene";
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
type Scene = {
  readonly postId: string;
  readonly personId: string;
  readonly departmentId: string;
  readonly roleId: string;
  readonly reorganisationId: string;
  readonly sourceId: string;
  readonly runId: string;
};

const both = (ko: string, en: string): Record<Locale, RegExp> => ({ ko: new RegExp(`^${ko}`), en: new RegExp(`^${en}`) });

const PAGES: readonly PageCase[] = [
  { name: "sign-in", path: () => "/sign-in", title: both("로그인 · 마루", "Sign in · Maru"), who: "a stranger" },
  {
    name: "forgot-password",
    path: () => "/forgot-password",
    title: both("비밀번호 다시 정하기 · ", "Choose a new .* · "),
    who: "a stranger",
  },
  { name: "reset-password", path: () => "/reset-password", title: both("새 비밀번호 정하기 · ", "Choose a new .* · "), who: "a stranger" },
  { name: "verify-email", path: () => "/verify-email", title: both("메일 주소 확인 · ", "Confirm your mail .* · "), who: "a stranger" },
  { name: "register", path: () => "/register", title: both("계정 만들기 · ", "Sign up · "), who: "a stranger" },
  { name: "home", path: () => "/", title: both("(홈 · )?마루", "(Home · )?Maru") },
  { name: "boards", path: () => "/boards", title: both("게시판 · ", "Boards · ") },
  { name: "list", path: () => "/boards/free", title: both("자유게시판 · ", "Open board · ") },
  { name: "post", path: ({ postId }) => `/boards/free/${postId}`, title: both("화면 시험", "화면 시험") },
  { name: "new", path: () => "/boards/free/new", title: both("글쓰기 · ", ".+ · Maru") },
  { name: "edit", path: ({ postId }) => `/boards/free/${postId}/edit`, title: both("글 수정 · ", ".+ · Maru") },
  { name: "trash", path: () => "/boards/free/trash", title: both("휴지통 · ", "Trash · ") },
  { name: "people", path: () => "/people", title: both("조직도 · ", ".+ · Maru") },
  { name: "chart", path: () => "/people/chart", title: both("조직도 · ", ".+ · Maru") },
  { name: "picture", path: () => "/people/chart?view=picture", title: both("조직도 · ", ".+ · Maru") },
  {
    name: "department",
    path: ({ departmentId }) => `/departments/${departmentId}`,
    title: both("개발본부 · ", "Development Division · "),
  },
  { name: "person", path: ({ personId }) => `/people/${personId}`, title: both("임하늘 대리 · ", "Lim Haneul.* · Maru") },
  { name: "search", path: () => "/search", title: both("검색 · ", "Search · ") },
  { name: "found", path: () => "/search?q=김", title: both("검색 · ", "Search · ") },
  { name: "notifications", path: () => "/notifications", title: both("알림 · ", "Notifications · ") },
  { name: "profile", path: () => "/settings/profile", title: both("프로필 · ", "Profile · ") },
  { name: "absence", path: () => "/settings/absence", title: both("부재와 대결 · ", "Absences and deputies · ") },
  { name: "password", path: () => "/settings/password", title: both("비밀번호 바꾸기 · ", "Change your password · ") },
  { name: "security", path: () => "/settings/security", title: both("두 번째 인증 · ", "Second factor · ") },
  { name: "sessions", path: () => "/settings/sessions", title: both("로그인 기기 · ", "Where you are signed in · ") },
  { name: "tokens", path: () => "/settings/tokens", title: both("개인 접근 토큰 · ", "Personal access tokens · ") },
  { name: "privacy", path: () => "/settings/privacy", title: both("개인정보 · ", "Privacy · ") },
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
  { name: "role", path: ({ roleId }) => `/admin/rights/roles/${roleId}`, title: both("구성원 · ", "Member · "), who: "an administrator" },
  { name: "staff", path: () => "/admin/people", title: both("구성원 관리 · ", "People · "), who: "an administrator" },
  {
    name: "import",
    path: () => "/admin/people/import",
    title: both("가져오기와 내보내기 · ", "Import and export · "),
    who: "an administrator",
  },
  { name: "joining", path: () => "/admin/people/new", title: both("입사 처리 · ", "Take somebody in · "), who: "an administrator" },
  {
    name: "staff-person",
    path: ({ personId }) => `/admin/people/${personId}`,
    title: both("임하늘 대리 · ", "Lim Haneul.* · Maru"),
    who: "an administrator",
  },
  { name: "standings", path: () => "/admin/standings", title: both("직급·직위·직책 · ", "Ranks, .* · "), who: "an administrator" },
  { name: "organisation", path: () => "/admin/organisation", title: both("조직 개편 · ", "Reorganisation · "), who: "an administrator" },
  {
    name: "new-reorganisation",
    path: () => "/admin/organisation/new",
    title: both("개편안 만들기 · ", "New reorganisation · "),
    who: "an administrator",
  },
  {
    name: "reorganisation",
    path: ({ reorganisationId }) => `/admin/organisation/${reorganisationId}`,
    title: both("시험 개편 · ", "시험 개편 · "),
    who: "an administrator",
  },
  { name: "sync", path: () => "/admin/sync", title: both("디렉터리 연동 · ", "Directory sync · "), who: "an administrator" },
  { name: "new-source", path: () => "/admin/sync/sources/new", title: both("새 연동 · ", "New source · "), who: "an administrator" },
  {
    name: "source",
    path: ({ sourceId }) => `/admin/sync/sources/${sourceId}`,
    title: both("화면 시험 연동 \\d+ · ", "화면 시험 연동 \\d+ · "),
    who: "an administrator",
  },
  {
    name: "run",
    path: ({ runId }) => `/admin/sync/runs/${runId}`,
    title: both("화면 시험 연동 \\d+ 미리보기 · ", "Preview of 화면 시험 연동 \\d+ · "),
    who: "an administrator",
  },
  { name: "accounts", path: () => "/admin/accounts", title: both("계정 · ", "Accounts · "), who: "an administrator" },
  { name: "clients", path: () => "/admin/api-clients", title: both("API 클라이언트 · ", "API clients · "), who: "an administrator" },
  { name: "invitations", path: () => "/admin/invitations", title: both("가입과 초대 · ", "Sign-up and .* · "), who: "an administrator" },
  { name: "mailbox", path: () => "/admin/mailbox", title: both("보관된 메일 · ", "Mailbox · "), who: "an administrator" },
  { name: "audit", path: () => "/admin/audit", title: both("감사 로그 · ", "Audit log · "), who: "an administrator" },
  { name: "role-changes", path: () => "/admin/rights/changes", title: both("승인 대기 · ", "Approvals · "), who: "an administrator" },
  { name: "texts", path: () => "/admin/privacy", title: both("약관 · ", "Terms and privacy · "), who: "an administrator" },
  { name: "erasures", path: () => "/admin/privacy/erasures", title: both("삭제 증적 · ", "Erasures · "), who: "an administrator" },
  { name: "developers", path: () => "/developers", title: both("API · ", "API · Maru"), who: "a stranger" },
  { name: "not-found", path: () => "/nowhere/at/all", title: both(".*마루$", ".*Maru$") },
  { name: "no-permission", path: () => "/boards", title: both(".*마루$", ".*Maru$"), who: "somebody without rights" },
];

/** Two tests run at once, and an account has one language: each language has people of its own. */
const USERS: Record<Locale, Record<Person, string | null>> = {
  ko: { "a stranger": null, "a member": "haneul.lim", "an administrator": "woojin.shim", "somebody without rights": "sodam.won" },
  en: { "a stranger": null, "a member": "taeyun.jung", "an administrator": "kyungsook.han", "somebody without rights": "changmin.oh" },
};
type Look = { readonly width: number; readonly colorScheme: "light" | "dark" };
/** Words change widths, and neither changes colours: over both languages each width is seen in both colours. */
const LOOKS: Record<Locale, readonly Look[]> = {
  ko: [
    { width: 1_440, colorScheme: "light" },
    { width: 390, colorScheme: "dark" },
  ],
  en: [
    { width: 1_440, colorScheme: "dark" },
    { width: 390, colorScheme: "light" },
  ],
};
/** A message key that nobody wrote a sentence for is shown as it is called. */
const KEY =
  /\b(?:shell|palette|picker|pages|errors|search|account|audit|board|files|notification|identity|people|rights|sync|home)\.[a-z][A-Za-z]*(?:\.[A-Za-z]+)*\b/;

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
  const { id: roleId } = await database.row<{ id: string }>("SELECT id FROM role WHERE key = 'member'");
  const { id: departmentId } = await database.row<{ id: string }>("SELECT id FROM department WHERE code = 'DEV'");
  const { id: reorganisationId } = await database.row<{ id: string }>(
    `INSERT INTO reorganisation (id, name, operations, created_by_id, updated_by_id, created_at, updated_at)
     SELECT gen_random_uuid(), '시험 개편', jsonb_build_array(jsonb_build_object('kind', 'CLOSE', 'departmentId', d.id)), $1, $1, now(), now()
     FROM department d WHERE parent_id IS NULL LIMIT 1 RETURNING id`,
    [personId],
  );
  return {
    postId,
    personId,
    departmentId,
    roleId,
    reorganisationId,
    ...(await prepareSync(database, personId, `화면 시험 연동 ${test.info().workerIndex}`)),
  };
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

/** A folder for pictures of every page, when somebody wants to look at them. */
const pictures = process.env.MARU_PICTURES;

/** A page as it comes at a width and in the colours of the system. */
const lookAt = async (page: Page, name: string, address: string, { width, colorScheme }: Look): Promise<void> => {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.goto(address);
  await expectFinished(page);
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  await expectAccessible(page, `${address} ${width} ${colorScheme}`);
  await expectNoOverflow(page, `${address} at ${width}`);
};

// A picture of every step would take longer than the looks themselves.
test.use({ trace: "off" });

let scene: Scene;

test.beforeAll(async ({ browser, database }) => {
  for (const people of Object.values(USERS)) {
    await setRole(database, people["somebody without rights"] ?? "", null);
    await setRole(database, people["an administrator"] ?? "", "system-admin");
  }
  const author = await browser.newContext();
  await signIn(author, "haneul.lim");
  scene = await prepare(database, author);
  await author.close();
});

test("every page of the product is among them", () => {
  const folder = join(fileURLToPath(import.meta.url), "../../src/app");
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("page.tsx"));
  const drawn = pages.filter((file) => !readFileSync(join(folder, file), "utf8").includes("redirect("));
  const looked = PAGES.map(({ path }) => path(scene));
  // Folders in parentheses stand in no address; those in brackets stand for one part of it, or for all that follow.
  const routeOf = (file: string) =>
    `/${file
      .split("/")
      .slice(0, -1)
      .filter((part) => !part.startsWith("("))
      .join("/")}`;
  const patternOf = (route: string) => new RegExp(`^${route.replace(/\[\.{3}\w+\]/g, ".+").replace(/\[\w+\]/g, "[^/]+")}$`);
  const missing = drawn.map(routeOf).filter((route) => !looked.some((path) => patternOf(route).test(path)));
  expect(drawn.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});

for (const locale of LOCALES) {
  for (const { name, path, title, who = "a member" } of PAGES) {
    test(`${name} in ${locale}, wide and narrow`, async ({ open, database }) => {
      const username = USERS[locale][who];
      if (username) await database.rows("UPDATE account SET locale = $2, color_scheme = NULL WHERE username = $1", [username, locale]);
      const { page, complaints } = await open(username, { locale: locale === "ko" ? "ko-KR" : "en-US" });
      const address = stage.url() + path(scene);
      for (const look of LOOKS[locale]) await lookAt(page, `${name}-${locale}`, address, look);
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
