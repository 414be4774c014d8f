import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { whenAlive } from "./stage/alive";
import type { Database } from "./stage/database";
import { call, personIdOf, signIn } from "./stage/people";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, mention, paragraph, publish, text, upload } from "./stage/writing";

/** Each would set a flag, or at least leave an element behind, where something takes a string for markup. */
const PAYLOADS = [
  '<img src=x onerror="window.__maruXss=1" data-xss>',
  '"><svg onload="window.__maruXss=1" data-xss>',
  "</title><script data-xss>window.__maruXss=1</script>",
  "'-(window.__maruXss=1)-'\u0024{window.__maruXss=1}{{constructor.constructor('window.__maruXss=1')()}}",
  '<a href="javascript:window.__maruXss=1" data-xss>javascript:window.__maruXss=1</a>',
  "<iframe srcdoc='<script>parent.__maruXss=1</script>' data-xss>",
  "&lt;img src=x onerror=window.__maruXss=1&gt;<!--",
  "</script><script data-xss>window.__maruXss=1</script>",
] as const;
const ALL = PAYLOADS.join(" ");
/** The columns of names are of any length, those of titles hold 200 characters. */
const SHORT = PAYLOADS[0];

const AUTHOR = "kihoon.sung";
const READER = "jinwoo.seo";
const BOARD = `xss-${randomUUID()}`;

type Scene = { readonly postIds: readonly string[]; readonly authorId: string; readonly departmentId: string };

/** Puts the payloads wherever somebody's words are shown to somebody else. */
const poison = async (database: Database, author: BrowserContext): Promise<Scene> => {
  const authorId = await personIdOf(database, AUTHOR);
  const readerId = await personIdOf(database, READER);
  const { department_id: departmentId } = await database.row<{ department_id: string }>(
    "SELECT department_id FROM affiliation WHERE person_id = $1 AND is_primary",
    [authorId],
  );
  await database.rows(
    `INSERT INTO board (id, slug, name, name_en, description, description_en, sort_order) VALUES (gen_random_uuid(), $1, $2, $2, $2, $2, 99)`,
    [BOARD, ALL],
  );
  await database.rows("UPDATE person SET name = $2, name_en = $2, email = $3, phone = $3 WHERE id = $1", [authorId, ALL, SHORT]);
  await database.rows("UPDATE department SET name = $2, name_en = $2 WHERE id = $1", [departmentId, ALL]);

  const boardId = await boardIdOf(database, BOARD);
  const postIds: string[] = [];
  for (const payload of PAYLOADS) {
    const fileId = await upload(author.request, "이름.txt", Buffer.from("글"));
    // The door cleans names; what stands in the table is shown all the same, whoever wrote it.
    await database.rows("UPDATE file SET name = $2 WHERE id = $1", [fileId, `${payload}.txt`]);
    const body = doc(
      paragraph(mention(readerId, payload), text(payload, { type: "bold" }, { type: "code" })),
      paragraph(text("링크", { type: "link", attrs: { href: `https://maru.example/"${payload}`, title: payload, class: payload } })),
      { type: "codeBlock", attrs: { language: "html" }, content: [text(payload)] },
    );
    const postId = await publish(author.request, boardId, payload, body, [fileId]);
    const comment = doc(paragraph(mention(readerId, payload), text(payload)));
    expect((await call(author.request, "board.addComment", { postId, body: comment })).status).toBe(200);
    postIds.push(postId);
  }
  return { postIds, authorId, departmentId };
};

/** Nothing of it ran, and nothing of it became an element. */
const expectHarmless = async (page: Page): Promise<void> => {
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { __maruXss?: number }).__maruXss ?? 0,
    elements: [...document.querySelectorAll("[data-xss], iframe, [href^='javascript:' i], [onerror], [onload]")].map(
      (each) => each.outerHTML,
    ),
  }));
  expect(found, page.url()).toEqual({ ran: 0, elements: [] });
};

const readEverything = async (page: Page, { postIds, authorId, departmentId }: Scene): Promise<void> => {
  const query = encodeURIComponent(SHORT);
  const paths = [
    "/",
    "/boards",
    `/boards/${BOARD}`,
    ...postIds.map((id) => `/boards/${BOARD}/${id}`),
    `/people?department=${departmentId}`,
    `/people?q=${query}`,
    `/people?query=${query}`,
    `/people/${authorId}`,
    "/notifications",
    `/${query}`,
    `/boards/${query}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await expectHarmless(page);
  }
};

const searchEverywhere = async (page: Page): Promise<void> => {
  await page.goto("/");
  await whenAlive(page);
  await page.getByRole("banner").getByRole("button", { name: /^알림/ }).click();
  await expect(
    page
      .getByRole("dialog", { name: "알림" })
      .getByRole("link", { name: /__maruXss/ })
      .first(),
  ).toBeVisible();
  await expectHarmless(page);
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: /검색/ }).click();
  const box = page.getByRole("dialog", { name: "빠른 이동" }).getByRole("combobox");
  await box.fill("maruXss");
  await expect(page.getByRole("dialog", { name: "빠른 이동" }).getByRole("option").first()).toContainText("__maruXss");
  await expectHarmless(page);
  await box.fill(SHORT.slice(0, 50));
  await expect(page.getByRole("dialog", { name: "빠른 이동" })).toContainText("onerror");
  await expectHarmless(page);
};

test.use({ trace: "off" });

let scene: Scene;

test.beforeAll(async ({ browser, database }) => {
  const author = await browser.newContext();
  await signIn(author, AUTHOR);
  scene = await poison(database, author);
  const told = "SELECT 1 FROM notification n JOIN account a ON a.person_id = n.person_id WHERE a.username = $1 AND n.subject_id = ANY($2)";
  await expect.poll(() => database.count(told, [READER, scene.postIds]), { timeout: 30_000 }).toBe(2 * PAYLOADS.length);
  await author.close();
});

// Other journeys meet the same people and boards.
test.afterAll(async ({ database }) => {
  const person = "UPDATE person SET name = '성기훈', name_en = 'Sung Kihoon', email = NULL, phone = NULL WHERE id = ";
  await database.rows(`${person} (SELECT person_id FROM account WHERE username = $1)`, [AUTHOR]);
  await database.rows("UPDATE department SET name = 'UX디자인팀', name_en = 'UX Design Team' WHERE code = 'DSN-UX'");
  await database.rows("UPDATE board SET name = '시험', name_en = 'Test', description = '', description_en = '' WHERE slug = $1", [BOARD]);
});

for (const bypassCSP of [false, true]) {
  test(`nothing that somebody wrote runs, ${bypassCSP ? "without" : "with"} the page's policy`, async ({ open }) => {
    const { page } = await open(READER, { bypassCSP });
    page.on("dialog", (dialog) => {
      throw new Error(`a payload opened a dialog: ${dialog.message()}`);
    });
    await readEverything(page, scene);
    await searchEverywhere(page);
  });
}

test("rich text that was forged past the editor is refused whole", async ({ open, database }) => {
  const { page } = await open(READER);
  const boardId = await boardIdOf(database, "free");
  const forged = [
    { type: "script", content: [text("window.__maruXss=1")] },
    { type: "iframe", attrs: { src: "https://evil.example" } },
    paragraph(text("x", { type: "link", attrs: { href: "javascript:window.__maruXss=1" } })),
    paragraph(text("x", { type: "link", attrs: { href: "data:text/html,<script>1</script>" } })),
    paragraph(text("x", { type: "link", attrs: { href: "/", onclick: "window.__maruXss=1" } })),
    { type: "paragraph", attrs: { style: "background:url(//evil.example)" } },
    { type: "image", attrs: { src: "x", onerror: "window.__maruXss=1" } },
    { type: "paragraph", html: "<img src=x onerror=window.__maruXss=1>" },
  ];
  for (const node of forged) {
    const input = { boardId, title: "위조한 글", body: doc(node), attachmentIds: [] };
    expect((await call(page.request, "board.publishPost", input)).status, JSON.stringify(node)).toBe(400);
  }
  expect(await database.count("SELECT 1 FROM post WHERE title = '위조한 글'")).toBe(0);
});
