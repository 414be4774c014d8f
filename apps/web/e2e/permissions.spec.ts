import { whenAlive } from "./stage/alive";
import { call, setRole } from "./stage/people";
import { drawTile } from "./stage/pictures";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, paragraph, publish, text, upload } from "./stage/writing";

test("a board of another department does not exist for others", async ({ open, database }) => {
  const { page: developer } = await open("daeun.jung");
  const boardId = await boardIdOf(database, "dev");
  const fileId = await upload(developer.request, "개발 자료.png", await drawTile("#8a5a12"));
  const postId = await publish(developer.request, boardId, "개발본부만 읽는 글", doc(paragraph(text("비밀"))), [fileId]);
  await developer.goto(`/boards/dev/${postId}`);
  await expect(developer.getByRole("heading", { level: 1, name: "개발본부만 읽는 글" })).toBeVisible();
  const fileUrl = await developer.getByRole("link", { name: /개발 자료\.png/ }).getAttribute("href");
  expect((await developer.request.get(fileUrl ?? "")).status()).toBe(200);

  const { page: other } = await open("hyerin.lee");
  for (const path of ["/boards/dev", "/boards/dev/new", `/boards/dev/${postId}`, `/boards/dev/${postId}/edit`, `/boards/free/${postId}`]) {
    const answer = await other.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(other.getByRole("heading", { name: "찾는 화면이 없어요" })).toBeVisible();
    await expect(other.getByText("비밀")).toHaveCount(0);
  }
  await other.goto("/boards");
  await expect(other.getByRole("main").getByRole("link", { name: /자유게시판/ })).toBeVisible();
  await expect(other.getByRole("link", { name: /개발본부/ })).toHaveCount(0);
  expect((await other.request.get(fileUrl ?? "")).status()).toBe(404);
  expect((await call(other.request, "board.addComment", { postId, body: doc(paragraph(text("안녕"))) })).status).toBe(404);
});

test("who may read a board and not write on it sees no way to write", async ({ open }) => {
  const { page } = await open("yunseo.na");
  await page.goto("/boards/notice");
  await expect(page.getByRole("table", { name: "공지사항" })).toBeVisible();
  await expect(page.getByRole("link", { name: "글쓰기" })).toHaveCount(0);
  await page.goto("/boards/notice/new");
  await expect(page.getByText("이 게시판에는 글을 쓸 수 없어요")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "본문" })).toHaveCount(0);
});

test("a guest reads, and is offered nothing else", async ({ open, database }) => {
  await setRole(database, "eunha.chae", "guest");
  const { page } = await open("eunha.chae");
  await page.goto("/boards/free");
  await expect(page.getByRole("link", { name: "글쓰기" })).toHaveCount(0);
  await page.getByRole("table", { name: "자유게시판" }).getByRole("link").first().click();
  await expect(page.getByRole("button", { name: /좋아요/ })).toBeVisible();
  await expect(page.getByRole("textbox", { name: /댓글/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "삭제" })).toHaveCount(0);
  const boardId = await boardIdOf(database, "free");
  const refused = await call(page.request, "board.publishPost", { boardId, title: "손님 글", body: doc(paragraph(text("글"))) });
  expect(refused.status).toBe(403);
  await page.goto("/boards/free/new");
  await expect(page.getByText("이 게시판에는 글을 쓸 수 없어요")).toBeVisible();
});

test("somebody without any right is told so, and whom to ask", async ({ open, database }) => {
  await setRole(database, "sangwoo.pyo", null);
  const { page } = await open("sangwoo.pyo");
  const answer = await page.goto("/boards/free");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "볼 수 있는 권한이 없어요" })).toBeVisible();
  await expect(page.getByText("부서 관리자나 시스템 관리자에게 권한을 요청해 주세요")).toBeVisible();
});

test("a stranger is led to the sign-in page and back, and never to another site", async ({ open }) => {
  for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
    // A browser of her own each time: one that was signed in notices by itself that it is not any more, and goes to the sign-in page too.
    const { page } = await open(null);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await whenAlive(page);
    await page.getByRole("button", { name: /홍길동 과장/ }).click();
    await page.getByRole("button", { name: "로그인", exact: true }).click();
    await expect(page.getByRole("navigation", { name: "주 메뉴" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/");
  }
  const { page } = await open(null);
  await page.goto("/boards/free?from=mail");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fboards%2Ffree%3Ffrom%3Dmail$/);
});
