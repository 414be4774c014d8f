import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { personIdOf } from "./stage/people";
import { expect, test } from "./stage/test";

/** What the tree speaks of: the line that its focus is on. */
const activeLine = (tree: Locator): Promise<string> =>
  tree.evaluate((element) => document.getElementById(element.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "");

/** Goes down line by line until one says these words. */
const goDownTo = async (tree: Locator, words: string): Promise<void> => {
  for (let lines = 0; lines < 80; lines += 1) {
    if ((await activeLine(tree)).startsWith(words)) return;
    await tree.press("ArrowDown");
  }
  throw new Error(`no line begins with ${words}`);
};

const card = (page: Page, name: string) => page.getByRole("region", { name });

test("a colleague is found through the tree with the keys alone, kept at hand, and shows who reports to him", async ({ open }) => {
  const { page } = await open("sea.joo");
  await page.goto("/people/chart");
  await whenAlive(page);
  const tree = page.getByRole("tree", { name: "조직도" });
  // One's own department stands open.
  await expect(tree.getByRole("treeitem", { name: /주세아/ })).toBeVisible();
  await expectAccessible(page);
  await tree.focus();
  await tree.press("Home");
  expect(await activeLine(tree)).toMatch(/^마루컴퍼니/);
  await goDownTo(tree, "디자인센터");
  await tree.press("ArrowRight");
  await goDownTo(tree, "UX디자인팀");
  await tree.press("ArrowRight");
  await tree.press("ArrowRight");
  await expect(tree.getByRole("treeitem", { name: /^성기훈/ })).toHaveAttribute("aria-selected", "true");
  await tree.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /성기훈 팀장/ })).toBeVisible();

  await expect(page.getByRole("list", { name: "팀원 3명" }).getByRole("link", { name: /김영희/ })).toBeVisible();
  await expect(card(page, "보고").getByRole("link", { name: /서진우/ })).toBeVisible();
  const star = page.getByRole("button", { name: "즐겨찾기" });
  await expect(star).toHaveAttribute("aria-pressed", "false");
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
  await page.reload();
  await expect(star).toHaveAttribute("aria-pressed", "true");

  await page.goto("/people");
  await expect(card(page, "즐겨찾기").getByRole("link", { name: /성기훈/ })).toBeVisible();
  await expect(card(page, "최근에 본 사람").getByRole("link", { name: /성기훈/ })).toBeVisible();
  await card(page, "즐겨찾기")
    .getByRole("link", { name: /성기훈/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: /성기훈/ })).toBeVisible();
  await page.getByRole("link", { name: "UX디자인팀" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "UX디자인팀" })).toBeVisible();
  await expect(page.getByRole("list", { name: "소속 구성원" }).getByRole("link").first()).toContainText("성기훈");
});

test("an absence with a deputy is entered, refused where it overlaps, seen by colleagues, and taken back", async ({ open, database }) => {
  const { page } = await open("jaeyun.do");
  await page.goto("/settings/absence");
  await whenAlive(page);
  await page.getByRole("button", { name: "부재 등록" }).click();
  const form = page.getByRole("dialog", { name: "부재 등록" });
  await form.getByRole("combobox", { name: "대결자" }).fill("주세");
  await page.getByRole("option", { name: /주세아 대리/ }).click();
  await form.getByRole("textbox", { name: "메모" }).fill("병원 검진");
  await expectAccessible(page);
  await form.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("부재를 저장했어요")).toBeVisible();
  const own = page.getByRole("list", { name: "부재", exact: true });
  await expect(own.getByRole("listitem")).toContainText("대결자: 고객지원팀 주세아 대리");

  await page.getByRole("button", { name: "부재 등록" }).click();
  await form.getByRole("button", { name: "저장" }).click();
  await expect(form.getByRole("alert").first()).toContainText("이미 등록한 부재와 겹쳐요");
  await form.getByRole("button", { name: "닫기" }).last().click();

  const { page: colleague } = await open("sea.joo");
  const personId = await personIdOf(database, "jaeyun.do");
  await colleague.goto(`/people/${personId}`);
  await expect(colleague.getByRole("heading", { level: 1 })).toContainText("부재");
  const absences = colleague.getByRole("list", { name: "부재", exact: true });
  await expect(absences).toContainText("고객지원팀 주세아 대리");
  await expect(absences).not.toContainText("병원 검진");
  await expect(absences.getByRole("button")).toHaveCount(0);
  await expectAccessible(colleague);

  await own.getByRole("button", { name: /취소$/ }).click();
  await page.getByRole("dialog", { name: "부재를 취소할까요?" }).getByRole("button", { name: "취소" }).click();
  await expect(page.getByText("부재를 취소했어요")).toBeVisible();
  await colleague.reload();
  await expect(colleague.getByRole("heading", { level: 1 })).not.toContainText("부재");
});

test("the picture moves by hand and keys, leads to departments, and fills one sheet of paper", async ({ open }) => {
  const { page } = await open("boram.kim");
  await page.goto("/people/chart?view=picture");
  await whenAlive(page);
  const picture = page.getByRole("region", { name: "조직도 그림" });
  const company = picture.getByRole("link", { name: /^마루컴퍼니/ });
  await expect(company).toBeVisible();
  await expectAccessible(page);
  const placeOf = async () => (await company.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const before = await placeOf();
  await picture.focus();
  await picture.press("ArrowDown");
  expect((await placeOf()).y).toBeLessThan(before.y);
  await picture.press("0");
  await picture.press("+");
  const { x, y, width } = await placeOf();
  const frame = (await picture.boundingBox()) ?? { x: 0, y: 0, height: 0 };
  const corner = { x: frame.x + 10, y: frame.y + frame.height - 60 };
  await page.mouse.move(corner.x, corner.y);
  await page.mouse.down();
  await page.mouse.move(corner.x + 100, corner.y + 30, { steps: 5 });
  await page.mouse.up();
  const moved = await placeOf();
  expect([Math.round(moved.x - x), Math.round(moved.y - y), Math.round(moved.width)]).toEqual([100, 30, Math.round(width)]);
  await picture.press("0");

  await page.emulateMedia({ media: "print" });
  await expect(picture.getByRole("link")).toHaveCount(19);
  const { channels } = await sharp(await picture.screenshot()).stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(10);
  await page.emulateMedia({ media: null });
  const sheets = async () => (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length;
  expect(await sheets()).toBe(1);
  await page.getByRole("radiogroup", { name: "용지" }).getByText("A3").click();
  expect(await sheets()).toBe(1);

  await picture.getByRole("link", { name: /^플랫폼팀/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "플랫폼팀" })).toBeVisible();
});
