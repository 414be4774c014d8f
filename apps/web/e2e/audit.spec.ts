import { readFile } from "node:fs/promises";
import { expectAccessible } from "./stage/accessible";
import { call, personIdOf } from "./stage/people";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, paragraph, publish, text } from "./stage/writing";

test("an administrator finds who did what, sees what changed, verifies the log and exports it for a reason", async ({ open, database }) => {
  const { page: writer } = await open("daeun.jung");
  const postId = await publish(writer.request, await boardIdOf(database, "free"), "감사에서 찾을 글", doc(paragraph(text("본문"))), []);
  expect((await call(writer.request, "board.deletePost", { id: postId })).status).toBe(200);

  const { page } = await open("admin");
  await page.goto("/");
  await page.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "감사 로그" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "감사 로그" })).toBeVisible();
  const state = page.getByRole("region", { name: "기록의 상태" });
  // Everything is sealed within five seconds, whoever looks.
  await expect(state).toContainText(/봉인됨 [\d,]+ \/ 미봉인 0/, { timeout: 15_000 });

  await page.getByRole("combobox", { name: "종류" }).click();
  await page.getByRole("option", { name: "게시글", exact: true }).click();
  await expect(page).toHaveURL(/area=board\.post/);
  const person = page.getByRole("combobox", { name: "구성원" });
  await person.fill("정다은");
  await page
    .getByRole("option", { name: /정다은/ })
    .first()
    .click();
  const personId = await personIdOf(database, "daeun.jung");
  await expect(page).toHaveURL(new RegExp(`actor=${personId}`));
  const table = page.getByRole("table", { name: "감사 로그" });
  await expect(table.getByRole("button", { name: "글 삭제" })).toHaveCount(1);

  // By keyboard alone: to the row, into the entry, out again, back where one was.
  const row = table.getByRole("button", { name: "글 삭제" });
  await row.focus();
  await page.keyboard.press("Enter");
  const entry = page.getByRole("dialog", { name: "기록 자세히" });
  await expect(entry).toContainText(postId);
  await page.keyboard.press("Escape");
  await expect(entry).toHaveCount(0);
  await expect(row).toBeFocused();
  await row.click();
  await entry.getByRole("button", { name: "이 대상의 기록 보기" }).click();
  await expect(page).toHaveURL(new RegExp(`subject=${postId}`));
  await expect(table.getByRole("row")).toHaveCount(3);

  await state.getByRole("button", { name: "지금 검증" }).click();
  await expect(state).toContainText(/[\d,]+건 모두 온전함/, { timeout: 30_000 });

  await page.getByRole("button", { name: "내보내기" }).click();
  const dialog = page.getByRole("dialog", { name: "감사 로그 내보내기" });
  await dialog.getByRole("button", { name: "내려받기" }).click();
  await expect(dialog).toContainText("사유를 다섯 글자 이상");
  await dialog.getByRole("textbox", { name: "사유" }).fill("시험 삼아 내보내기");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "내려받기" }).click()]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.trim().split("\r\n")).toHaveLength(3);
  expect(csv).toContain(postId);
  await expect(page.getByText("2건을 내려받았어요")).toBeVisible();

  await page.goto("/admin/audit?area=audit");
  await table.getByRole("button", { name: "감사 로그 내보내기" }).first().click();
  await expect(entry).toContainText("시험 삼아 내보내기");
  await expectAccessible(page, "/admin/audit");
});

test("who may not read the log is not offered it, and is refused", async ({ open }) => {
  const { page } = await open("hyerin.lee");
  await page.goto("/");
  await expect(page.getByRole("navigation", { name: "주 메뉴" })).toBeVisible();
  await expect(page.getByRole("link", { name: "감사 로그" })).toHaveCount(0);
  expect((await page.goto("/admin/audit"))?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "볼 수 있는 권한이 없어요" })).toBeVisible();
});
