import type { Page } from "@playwright/test";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { Hands } from "./stage/hands";
import { expect, test } from "./stage/test";

const boxOf = (page: Page) => page.getByRole("searchbox", { name: "검색어" });
const peopleOf = (page: Page) => page.getByRole("list", { name: "사람", exact: true }).getByRole("listitem");

test("finds people and departments while Korean is typed, half-typed syllables included", async ({ open }) => {
  const { page } = await open("yerin.son");
  await page.goto("/search");
  await whenAlive(page);
  await expect(page.getByRole("heading", { name: "무엇을 찾으세요?" })).toBeVisible();
  await expectAccessible(page, "nothing asked for");

  const hands = await Hands.of(page);
  await boxOf(page).focus();
  await hands.write("홍기", { isLeftOpen: true });
  await expect(peopleOf(page).first()).toContainText("홍길동 과장");
  await expect(peopleOf(page).first().locator("mark")).toHaveText("홍길");
  // The end of the composition is no other question, and Enter that ends it goes nowhere.
  await hands.compose("길");
  await hands.endWithEnter("길");
  await expect(boxOf(page)).toHaveValue("홍길");
  await expect(page).toHaveURL(/\/search\?q=%ED%99%8D%EA%B8%B8$/);
  await expect(peopleOf(page)).toHaveCount(1);
  await expectAccessible(page, "found");

  await boxOf(page).fill("");
  await hands.write("ㅎㄱㄷ");
  await expect(peopleOf(page).first()).toContainText("홍길동");
  await boxOf(page).fill("개발1팀 김");
  await expect(peopleOf(page)).toHaveText([/김태경/]);
  await boxOf(page).fill("ghdrlfehd");
  await expect(peopleOf(page)).toHaveText([/홍길동/]);
  await boxOf(page).fill("개발");
  await expect(page.getByRole("list", { name: "부서" }).getByRole("listitem").first()).toContainText("개발본부");

  await boxOf(page).fill("없는사람임");
  await expect(page.getByRole("heading", { name: "‘없는사람임’에 맞는 것이 없어요" })).toBeVisible();
  await expectAccessible(page, "nothing found");
  await page.getByRole("button", { name: "검색어 지우기" }).click();
  await expect(boxOf(page)).toBeFocused();
  await boxOf(page).fill("홍길동");
  await expect(peopleOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\/search\?q=%ED%99%8D%EA%B8%B8%EB%8F%99$/);
  await peopleOf(page).getByRole("link").click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: /홍길동/ })).toBeVisible();
  await page.goBack();
  await expect(boxOf(page)).toHaveValue("홍길동");
});

test("the palette knows departments, boards by their initials, and the way to everything", async ({ open }) => {
  const { page } = await open("yerin.son");
  await page.goto("/search?q=김");
  await whenAlive(page);
  await expect(peopleOf(page).first()).toContainText("김");
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "빠른 이동" }).getByRole("combobox")).toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  const palette = page.getByRole("dialog", { name: "빠른 이동" });
  const box = palette.getByRole("combobox");
  const hands = await Hands.of(page);
  await hands.write("개발1ㅌ", { isLeftOpen: true });
  await expect(palette.getByRole("group", { name: "부서" }).getByRole("option")).toHaveText([/개발1팀/]);
  await hands.commit("팀");
  await box.fill("ㅈㅇ");
  await expect(palette.getByRole("group", { name: "게시판" }).getByRole("option").first()).toContainText("자유");
  await box.fill("김");
  const more = palette.getByRole("option", { name: "‘김’ 검색 결과 모두 보기" });
  await expect(more).toBeVisible();
  await expectAccessible(page, "palette");
  await more.click();
  await expect(page).toHaveURL(/\/search\?q=%EA%B9%80$/);
});

test("a person is picked with the keyboard, and Enter that ends a syllable picks nobody", async ({ open }) => {
  const { page } = await open("admin");
  await page.goto("/admin/accounts");
  await whenAlive(page);
  await page.getByRole("button", { name: "계정 만들기" }).click();
  const dialog = page.getByRole("dialog", { name: "계정 만들기" });
  await dialog.getByText("기존 구성원").click();
  const picker = dialog.getByRole("combobox", { name: "구성원" });
  await picker.focus();
  const hands = await Hands.of(page);
  await hands.write("홍길동", { isLeftOpen: true });
  const found = page.getByRole("option", { name: /홍길동 과장/ });
  await expect(found).toBeVisible();
  await hands.endWithEnter("동");
  await expect(picker).toHaveValue("홍길동");
  await expect(found).toBeVisible();
  await expectAccessible(page, "picker");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(picker).toHaveValue("개발1팀 홍길동 과장");
  await expect(dialog).toBeVisible();

  // What is typed and not picked changes nobody.
  await picker.fill("김영희");
  await expect(page.getByRole("option", { name: /김영희/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await dialog.getByRole("textbox", { name: "아이디" }).focus();
  await expect(picker).toHaveValue("개발1팀 홍길동 과장");
  await dialog.getByRole("button", { name: "지우기: 구성원" }).click();
  await expect(picker).toHaveValue("");
});
