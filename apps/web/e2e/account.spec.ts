import { whenAlive } from "./stage/alive";
import { stage } from "./stage/env";
import { expect, test } from "./stage/test";
import { boardIdOf } from "./stage/writing";

const rest = (token: string, path: string, init: RequestInit = {}): Promise<number> =>
  fetch(`${stage.url()}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  }).then(({ status }) => status);

test("a token is made, told once, used by a script within its scopes, revoked and refused (ASVS 10.4.9)", async ({ open, database }) => {
  const { page } = await open("inkyung.hwang");
  await page.goto("/settings/tokens");
  await whenAlive(page);
  await expect(page.getByText("토큰이 없어요")).toBeVisible();
  await page.getByRole("button", { name: "토큰 만들기" }).click();
  const dialog = page.getByRole("dialog", { name: "토큰 만들기" });
  await dialog.getByRole("button", { name: "토큰 만들기" }).click();
  await expect(dialog.getByText("토큰 이름을 적어 주세요.")).toBeVisible();
  await expect(dialog.getByText("하나 이상 골라 주세요.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "이름" }).fill("공지 수집기");
  await dialog.getByRole("checkbox", { name: "게시판 읽기" }).check();
  // What manages accounts or credentials is not for tokens.
  await expect(dialog.getByRole("checkbox", { name: /계정|권한 관리/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: "토큰 만들기" }).click();
  await expect(dialog).toHaveCount(0);

  const token = await page.getByRole("textbox", { name: "토큰" }).inputValue();
  expect(token).toMatch(/^maru_pat_[0-9a-f]{64}$/);
  const boardId = await boardIdOf(database, "free");
  expect(await rest(token, `/board/boards/${boardId}/posts`)).toBe(200);
  const post = { boardId, title: "스크립트가 쓴 글", body: { type: "doc", content: [{ type: "paragraph" }] } };
  expect(await rest(token, "/board/posts", { method: "POST", body: JSON.stringify(post) })).toBe(403);
  expect(await rest(token, "/users/me/tokens")).toBe(403);
  const trpc = await fetch(`${stage.url()}/api/trpc/board.listBoards`, { headers: { authorization: `Bearer ${token}` } });
  expect(trpc.status).toBe(401);

  await page.reload();
  await whenAlive(page);
  await expect(page.getByRole("listitem").filter({ hasText: "공지 수집기" })).toContainText("게시판 읽기");
  await expect(page.getByRole("textbox", { name: "토큰" })).toHaveCount(0);
  expect(await page.content()).not.toContain(token);
  await page.getByRole("button", { name: "폐기: 공지 수집기" }).click();
  await page.getByRole("dialog", { name: "토큰을 폐기할까요?" }).getByRole("button", { name: "폐기" }).click();
  await expect(page.getByText("토큰을 폐기했어요")).toBeVisible();
  await expect.poll(() => rest(token, `/board/boards/${boardId}/posts`), { timeout: 5_000 }).toBe(401);
});

test("another session is seen with its device, ended, and signed out within five seconds", async ({ open }) => {
  const { page, context } = await open("jaesung.ahn");
  const other = await open(null, {
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1",
  });
  await other.page.goto("/sign-in?next=/boards");
  await whenAlive(other.page);
  await other.page.getByRole("textbox", { name: "아이디" }).fill("jaesung.ahn");
  await other.page.getByRole("textbox", { name: "비밀번호", exact: true }).fill("maru-demo-passphrase");
  await other.page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(other.page).toHaveURL(/\/boards/);
  await page.goto("/");
  await whenAlive(page);
  await page.getByRole("button", { name: /안재성/ }).click();
  await page.getByRole("link", { name: "계정 설정" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "프로필" })).toBeVisible();
  await page.getByRole("navigation", { name: "계정 설정" }).getByRole("link", { name: "로그인 기기" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "로그인 기기" })).toBeVisible();
  const sessions = page.getByRole("list", { name: "로그인 기기" }).getByRole("listitem");
  await expect(sessions.first()).toContainText("지금 이 기기");
  const me = () => other.page.request.get(`${stage.url()}/api/trpc/identity.me`).then((answer) => answer.status());
  expect(await me()).toBe(200);
  const count = await sessions.count();
  await expect(sessions.filter({ hasText: "Safari · iOS" })).toContainText("127.0.0.1");
  await page.getByRole("button", { name: "종료: Safari · iOS" }).click();
  await expect(page.getByText("세션을 종료했어요")).toBeVisible();
  await expect.poll(me, { timeout: 5_000 }).toBe(401);
  await expect(sessions).toHaveCount(count - 1);
  await other.page.goto("/boards/free");
  await expect(other.page).toHaveURL(/\/sign-in/);

  await page.getByRole("button", { name: "모든 기기에서 로그아웃" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "모든 기기에서 로그아웃" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await context.request.get(`${stage.url()}/api/trpc/identity.me`)).status()).toBe(401);
});

test("the settings are used by keyboard alone, in both languages", async ({ open, database }) => {
  for (const locale of ["ko", "en"] as const) {
    await database.rows("UPDATE account SET locale = $2 WHERE username = $1", ["mikyung.song", locale]);
    const { page } = await open("mikyung.song", { locale: locale === "ko" ? "ko-KR" : "en-US" });
    await page.goto("/settings/tokens");
    await whenAlive(page);
    // Enter opens the dialog, Space chooses, Enter sends; focus stays inside.
    await page.getByRole("button", { name: locale === "ko" ? "토큰 만들기" : "Make a token" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.type(`keyboard ${locale}`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: locale === "ko" ? "토큰" : "Token" })).toHaveValue(/^maru_pat_/);
  }
});
