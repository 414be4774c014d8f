import type { Page } from "@playwright/test";
import { whenAlive } from "./stage/alive";
import { Hands } from "./stage/hands";
import { expect, test } from "./stage/test";

const paletteOf = (page: Page) => page.getByRole("dialog", { name: "빠른 이동" });
/** A page hears the shortcut a moment after it has come to life. */
const openPalette = (page: Page) =>
  expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(paletteOf(page).getByRole("combobox")).toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
const schemeOf = (page: Page) => page.locator("html").getAttribute("data-mantine-color-scheme");

test("the first stop skips to the content", async ({ open }) => {
  const { page } = await open("hyunju.kang");
  await page.goto("/boards/free");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "본문으로 건너뛰기" })).toBeFocused();
  await expect(page.getByRole("link", { name: "본문으로 건너뛰기" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("Tab reaches the action of a page, and arrows walk the list", async ({ open }) => {
  const { page } = await open("hyunju.kang");
  await page.goto("/boards/free");
  await whenAlive(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const write = page.getByRole("link", { name: "글쓰기" });
  for (let stops = 0; stops < 6 && !(await write.evaluate((element) => element === document.activeElement)); stops += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(write).toBeFocused();
  await page.keyboard.press("Tab");
  const titles = page.getByRole("table", { name: "자유게시판" }).getByRole("link");
  await expect(titles.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(titles.nth(1)).toBeFocused();
  const title = (await titles.nth(1).textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.goBack();
  await expect(titles.nth(1)).toBeFocused();
});

test("Ctrl+K finds a person by the first sounds of the name and opens the page", async ({ open }) => {
  const { page } = await open("hyunju.kang");
  await page.goto("/");
  await openPalette(page);
  await page.keyboard.type("ㄱㅇㅎ");
  const found = paletteOf(page).getByRole("option", { name: /김영희 차장/ });
  await expect(found).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /김영희 차장/ })).toBeVisible();

  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(paletteOf(page)).toBeHidden();
});

test("Enter that ends a syllable of the search goes nowhere", async ({ open }) => {
  const { page } = await open("hyunju.kang");
  await page.goto("/");
  await openPalette(page);
  const hands = await Hands.of(page);
  await hands.write("홍길동", { isLeftOpen: true });
  await expect(paletteOf(page).getByRole("option", { name: /홍길동 과장/ })).toBeVisible();
  await hands.endWithEnter("동");
  await expect(paletteOf(page)).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /홍길동 과장/ })).toBeVisible();
});

test("language and colours are kept with the account", async ({ open, database }) => {
  const { page } = await open("seunghee.baek", { colorScheme: "light" });
  await page.goto("/");
  await whenAlive(page);
  const header = page.getByRole("banner");
  await header.getByRole("button", { name: "어두운 화면으로 바꾸기" }).click();
  await expect.poll(() => schemeOf(page)).toBe("dark");
  await header.getByRole("button", { name: "Switch to English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("navigation", { name: "Main menu" })).toBeVisible();
  const kept = "SELECT 1 FROM account WHERE username = 'seunghee.baek' AND locale = 'en' AND color_scheme = 'dark'";
  await expect.poll(() => database.count(kept)).toBe(1);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await schemeOf(page)).toBe("dark");

  const { page: elsewhere } = await open("seunghee.baek", { colorScheme: "light" });
  await elsewhere.goto("/boards");
  await expect(elsewhere.locator("html")).toHaveAttribute("lang", "en");
  expect(await schemeOf(elsewhere)).toBe("dark");
});
