import type { Page } from "@playwright/test";
import { Hands } from "./stage/hands";
import { drawTile } from "./stage/pictures";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, paragraph, publish, text } from "./stage/writing";

const titleOf = (page: Page) => page.getByRole("textbox", { name: "제목", exact: true });
const bodyOf = (page: Page) => page.getByRole("textbox", { name: "본문" });
const publishButton = (page: Page) => page.getByRole("button", { name: "게시", exact: true });
const saveButton = (page: Page) => page.getByRole("button", { name: "저장", exact: true });
const toolOf = (page: Page, name: string) => page.getByRole("toolbar", { name: "글 꾸미기" }).getByRole("button", { name, exact: true });
const headingOf = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

const write = async (page: Page, title: string, body: string): Promise<void> => {
  await titleOf(page).fill(title);
  await bodyOf(page).click();
  await page.keyboard.type(body);
};

test.describe("a draft", () => {
  test("survives a closed tab, in the browser at once and on the server a moment later", async ({ open }) => {
    const { context, page } = await open("nahee.kim");
    await page.goto("/boards/free/new");
    await write(page, "주간 보고", "서버에 남는 글");
    await expect(page.getByText(/^\d{2}:\d{2} 임시저장$/)).toBeVisible();
    await page.keyboard.type(" 그리고 방금 쓴 글");
    const kept = () => page.evaluate(() => Object.values(localStorage).some((value) => value.includes("방금 쓴 글")));
    await expect.poll(kept).toBe(true);
    await page.close();

    const again = await context.newPage();
    await again.goto("/boards/free/new");
    await expect(titleOf(again)).toHaveValue("주간 보고");
    await expect(bodyOf(again)).toHaveText("서버에 남는 글 그리고 방금 쓴 글");
    await expect(again.getByText(/쓰던 글을 불러왔어요|임시저장한 글을 불러왔어요/)).toBeVisible();

    await again.keyboard.press("Tab");
    await bodyOf(again).click();
    await again.keyboard.press("Control+End");
    await again.keyboard.type(".");
    await expect(again.getByText(/^\d{2}:\d{2} 임시저장$/)).toBeVisible();
    const { page: elsewhere } = await open("nahee.kim");
    await elsewhere.goto("/boards/free/new");
    await expect(bodyOf(elsewhere)).toHaveText("서버에 남는 글 그리고 방금 쓴 글.");

    await elsewhere.getByRole("button", { name: "임시저장 삭제" }).click();
    await expect(titleOf(elsewhere)).toHaveValue("");
    await elsewhere.reload();
    await expect(titleOf(elsewhere)).toHaveValue("");
  });

  test("is gone once the post is published", async ({ open, database }) => {
    const { page } = await open("junho.ryu");
    await page.goto("/boards/free/new");
    await write(page, "게시하면 초안은 없어져요", "본문");
    await expect(page.getByText(/^\d{2}:\d{2} 임시저장$/)).toBeVisible();
    await publishButton(page).click();
    await expect(headingOf(page, "게시하면 초안은 없어져요")).toBeVisible();
    await page.goto("/boards/free/new");
    await expect(titleOf(page)).toHaveValue("");
    const drafts = "SELECT 1 FROM post_draft d JOIN account a ON a.person_id = d.person_id WHERE a.username = 'junho.ryu'";
    expect(await database.count(drafts)).toBe(0);
  });
});

test("leaving while a file is under way asks first", async ({ open }) => {
  const { page } = await open("seoyeon.jang");
  await page.goto("/boards/free/new");
  await write(page, "큰 파일", "올리는 중");
  const hands = await Hands.of(page);
  await hands.setUploadSpeed(50_000);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "파일 선택" }).click();
  await (await chooser).setFiles({ name: "자료.txt", mimeType: "text/plain", buffer: Buffer.alloc(3_000_000, "마루 ") });
  await expect(page.getByRole("progressbar", { name: "자료.txt" })).toBeVisible();

  await page.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "조직도" }).click();
  const dialog = page.getByRole("dialog", { name: "올리는 중인 파일이 있어요" });
  await dialog.getByText("계속 쓰기").click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/boards\/free\/new/);

  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await expect(bodyOf(page)).toHaveText("올리는 중");

  await page.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "조직도" }).click();
  await dialog.getByRole("button", { name: "나가기" }).click();
  await expect(headingOf(page, "조직도")).toBeVisible();
});

for (const second of ["hong", "admin"]) {
  test(`two who edit one post lose nothing (hong and ${second})`, async ({ open, database }) => {
    const [{ page: first }, { page: other }] = [await open("hong"), await open(second)];
    const boardId = await boardIdOf(database, "free");
    const title = `함께 고치는 글 ${second}`;
    const postId = await publish(first.request, boardId, title, doc(paragraph(text("처음 글"))));
    for (const page of [first, other]) {
      await page.goto(`/boards/free/${postId}/edit`);
      await expect(bodyOf(page)).toHaveText("처음 글");
      await bodyOf(page).click();
      await page.keyboard.press("Control+End");
    }
    await other.keyboard.type(" 나중 사람의 말");
    await first.keyboard.type(" 먼저 사람의 말");
    await saveButton(first).click();
    await expect(headingOf(first, title)).toBeVisible();
    await expect(first.getByText("처음 글 먼저 사람의 말")).toBeVisible();

    await saveButton(other).click();
    const conflict = other.getByRole("region", { name: "다른 사람이 먼저 글을 고쳤어요" });
    const sideOf = (name: string) => conflict.getByRole("article").filter({ has: other.getByRole("heading", { name }) });
    await expect(sideOf("내가 쓴 글")).toContainText("처음 글 나중 사람의 말");
    await expect(sideOf("지금 게시된 글")).toContainText("처음 글 먼저 사람의 말");
    await expect(bodyOf(other)).toBeHidden();

    await conflict.getByRole("button", { name: "계속 쓰기" }).click();
    await expect(bodyOf(other)).toHaveText("처음 글 나중 사람의 말");
    await saveButton(other).click();
    await conflict.getByRole("button", { name: "게시된 글 사용" }).click();
    await expect(bodyOf(other)).toHaveText("처음 글 먼저 사람의 말");
    await bodyOf(other).click();
    await other.keyboard.press("Control+z");
    await expect(bodyOf(other)).toHaveText("처음 글 나중 사람의 말");
    await other.keyboard.press("Control+End");
    await other.keyboard.type(" 먼저 사람의 말도");
    await saveButton(other).click();
    await expect(headingOf(other, title)).toBeVisible();
    await expect(other.getByText("처음 글 나중 사람의 말 먼저 사람의 말도")).toBeVisible();
    const version = async () => (await database.row<{ version: number }>("SELECT version FROM post WHERE id = $1", [postId])).version;
    await expect.poll(version).toBe(3);
  });
}

test("a picture is pasted", async ({ open }) => {
  const { context, page } = await open("minjae.heo");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/boards/free/new");
  await write(page, "붙여 넣은 그림", "그림: ");
  await page.evaluate(
    async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      await navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
    },
    (await drawTile("#b93a32")).toString("base64"),
  );
  await page.keyboard.press("Control+v");
  await expect(bodyOf(page).locator("figure img")).toBeVisible();
  await publishButton(page).click();
  await expect(headingOf(page, "붙여 넣은 그림")).toBeVisible();
  const picture = page.getByRole("img", { name: /^\d{4}-\d{2}-\d{2}-\d{6}\.png$/ });
  await expect(picture).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("the tools of the toolbar show on the page", async ({ open }) => {
  const { page } = await open("bora.kwon");
  await page.goto("/boards/free/new");
  await titleOf(page).fill("글 꾸미기");
  const tool = (name: string) => toolOf(page, name);
  await bodyOf(page).click();
  await tool("제목 2").click();
  await page.keyboard.type("소제목");
  await page.keyboard.press("Enter");
  await tool("글머리표 목록").click();
  await page.keyboard.type("하나");
  await page.keyboard.press("Enter");
  await page.keyboard.type("둘");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await tool("코드 블록").click();
  await page.keyboard.type("const 마루 = 1;");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type("사내 위키");
  await page.keyboard.press("Shift+Home");
  await tool("링크").click();
  const address = page.getByRole("textbox", { name: "링크 주소" });
  await expect(address).toBeFocused();
  await address.fill("https://wiki.maru.example/first");
  await saveButton(page).click();
  await expect(bodyOf(page).getByRole("link", { name: "사내 위키" })).toBeVisible();
  await expect(bodyOf(page)).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await tool("표 넣기").click();
  await page.getByRole("button", { name: "2열 2행 표" }).click();
  await expect(bodyOf(page).getByRole("table")).toBeVisible();
  await expect(bodyOf(page)).toBeFocused();
  for (const cell of ["이름", "부서", "홍길동", "개발1팀"]) {
    await page.keyboard.type(cell);
    await page.keyboard.press("Tab");
  }
  await publishButton(page).click();

  await expect(headingOf(page, "글 꾸미기")).toBeVisible();
  const main = page.getByRole("main");
  // The title of the post is the page's first heading, so those of its text begin at the second.
  await expect(main.getByRole("heading", { level: 3, name: "소제목" })).toBeVisible();
  const item = (name: string) => main.getByRole("listitem").filter({ hasText: new RegExp(`^${name}$`) });
  await expect(item("하나")).toBeVisible();
  await expect(item("둘")).toBeVisible();
  await expect(main.locator("pre code")).toHaveText("const 마루 = 1;");
  await expect(main.getByRole("link", { name: "사내 위키" })).toHaveAttribute("href", "https://wiki.maru.example/first");
  const table = main.getByRole("table");
  await expect(table.getByRole("columnheader", { name: "이름" })).toBeVisible();
  await expect(table.getByRole("cell", { name: "개발1팀" })).toBeVisible();
});

test("keys that come faster than the page takes them land where they were meant", async ({ open }) => {
  const { page } = await open("taeho.noh");
  await page.goto("/boards/free/new");
  await write(page, "빠른 손", "사내 위키");
  await page.keyboard.press("Shift+Home");
  await toolOf(page, "링크").click();
  const address = page.getByRole("textbox", { name: "링크 주소" });
  await expect(address).toBeFocused();
  await address.fill("https://wiki.maru.example/first");
  const hands = await Hands.of(page);
  const enter = { key: "Enter", windowsVirtualKeyCode: 13, text: "\r" };
  const end = { key: "End", windowsVirtualKeyCode: 35, ctrl: true };
  await hands.pressWhileBusy([enter, end, enter, { key: "a", windowsVirtualKeyCode: 65, text: "a" }]);
  await expect(bodyOf(page).locator("p")).toHaveText(["사내 위키", "a"]);
  await publishButton(page).click();
  await expect(headingOf(page, "빠른 손")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "사내 위키" })).toHaveAttribute("href", "https://wiki.maru.example/first");
});

test("Enter that ends a syllable sends nothing; Ctrl+Enter sends once", async ({ open, database }) => {
  const { page } = await open("seungwoo.yang");
  const boardId = await boardIdOf(database, "free");
  const postId = await publish(page.request, boardId, "한글 입력", doc(paragraph(text("댓글을 남겨 주세요"))));
  await page.goto(`/boards/free/${postId}`);
  const hands = await Hands.of(page);
  const box = page.getByRole("textbox", { name: /댓글 입력/ });
  await box.click();
  await hands.write("고맙습니다", { isLeftOpen: true });
  await hands.endWithEnter("다");
  await hands.write("요", { isLeftOpen: true });
  await hands.endWithEnter("요", { ctrl: true });
  await expect(box).toHaveText("고맙습니다요");
  await expect(box.locator("p")).toHaveCount(1);
  const comments = () => database.count("SELECT 1 FROM comment WHERE post_id = $1", [postId]);
  expect(await comments()).toBe(0);

  await page.keyboard.press("Enter");
  await page.keyboard.type("둘째 줄");
  expect(await comments()).toBe(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article").filter({ hasText: "고맙습니다" })).toContainText("둘째 줄");
  await expect(box).toHaveText("");
  expect(await comments()).toBe(1);
});

test("Enter that ends a syllable of the title stays in the title", async ({ open }) => {
  const { page } = await open("hajun.kim");
  await page.goto("/boards/free/new");
  const hands = await Hands.of(page);
  await titleOf(page).click();
  await hands.write("제목", { isLeftOpen: true });
  await hands.endWithEnter("목");
  await expect(titleOf(page)).toBeFocused();
  await expect(titleOf(page)).toHaveValue("제목");
  await titleOf(page).press("Enter");
  await expect(bodyOf(page)).toBeFocused();
});
