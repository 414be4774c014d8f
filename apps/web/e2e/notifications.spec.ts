import type { APIRequestContext, Page } from "@playwright/test";
import type { Database } from "./stage/database";
import { call, personIdOf } from "./stage/people";
import { countStreams } from "./stage/processes";
import { expect, test } from "./stage/test";
import { Wire } from "./stage/wire";
import { boardIdOf, doc, mention, paragraph, publish, text } from "./stage/writing";

const OFFLINE_MS = 30_000;

const bellOf = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^알림/ });
const toastsOf = (page: Page) => page.getByRole("region", { name: "새 소식" });
const unseen = (count: number) => `알림, 새 알림 ${count}개`;

type Scene = { readonly postId: string; readonly readerId: string; readonly sender: APIRequestContext };

/** A post whose writer can call its reader again and again. */
const prepare = async (database: Database, sender: APIRequestContext, reader: string): Promise<Scene> => {
  const postId = await publish(sender, await boardIdOf(database, "free"), `알림 시험 ${reader}`, doc(paragraph(text("시험"))));
  return { postId, readerId: await personIdOf(database, reader), sender };
};

const tell = async ({ postId, readerId, sender }: Scene, words: string): Promise<void> => {
  const body = doc(paragraph(mention(readerId, "동료"), text(` ${words}`)));
  const { status } = await call(sender, "board.addComment", { postId, body });
  expect(status).toBe(200);
};

test("badge and list are in step in two tabs", async ({ open, database }) => {
  const [{ page: sender }, { context, page: one }] = [await open("eunjung.choi"), await open("dongmin.kwak")];
  const two = await context.newPage();
  await one.goto("/");
  await two.goto("/notifications");
  const scene = await prepare(database, sender.request, "dongmin.kwak");
  await expect(bellOf(one)).toHaveAccessibleName("알림");
  await tell(scene, "첫 번째 소식");
  await tell(scene, "두 번째 소식");
  for (const page of [one, two]) await expect(bellOf(page)).toHaveAccessibleName(unseen(2));
  const news = (page: Page, words: string) => page.getByRole("main").getByRole("link", { name: new RegExp(words) });
  await expect(news(two, "첫 번째 소식")).toBeVisible();
  await expect(news(two, "두 번째 소식")).toBeVisible();

  await bellOf(one).click();
  await expect(one.getByRole("dialog", { name: "알림" }).getByRole("link", { name: /두 번째 소식/ })).toBeVisible();
  for (const page of [one, two]) await expect(bellOf(page)).toHaveAccessibleName("알림");
  await expect(news(two, "첫 번째 소식")).toContainText("안 읽음");

  await one
    .getByRole("dialog", { name: "알림" })
    .getByRole("link", { name: /첫 번째 소식/ })
    .click();
  await expect(one.getByRole("article").filter({ hasText: "첫 번째 소식" })).toBeInViewport();
  await expect(news(two, "첫 번째 소식")).not.toContainText("안 읽음");
  await two.getByRole("button", { name: "모두 읽음" }).click();
  await expect(news(two, "두 번째 소식")).not.toContainText("안 읽음");
});

test("ten open tabs stay usable and share one stream", async ({ open, database }) => {
  const { page: sender } = await open("sangchul.kim");
  const scene = await prepare(database, sender.request, "yuna.jung");
  // Browsers of earlier journeys may just be closing their streams.
  await expect.poll(countStreams).toBe(0);
  const { context, page } = await open("yuna.jung");
  const tabs = [page, ...(await Promise.all(Array.from({ length: 9 }, () => context.newPage())))];
  for (const tab of tabs) await tab.goto("/boards/qna");
  await tell(scene, "열 개의 창");
  for (const tab of tabs) await expect(bellOf(tab)).toHaveAccessibleName(unseen(1));
  expect(await countStreams()).toBe(1);

  const eleventh = await context.newPage();
  await eleventh.goto("/people");
  await expect(eleventh.getByRole("heading", { level: 1, name: "조직도" })).toBeVisible();
  await tabs[4]?.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "공지사항" }).click();
  await expect(tabs[4] as Page).toHaveURL(/\/boards\/notice$/);
  await page.close();
  await tell(scene, "첫 창이 닫힌 뒤");
  await expect(bellOf(eleventh)).toHaveAccessibleName(unseen(2));
  expect(await countStreams()).toBe(1);
});

test("a browser that was away for 30 s shows every notification once", async ({ open, database }) => {
  const wire = await Wire.lay();
  const { page: sender } = await open("sunyoung.park");
  const { context, page } = await open("bonseok.koo", { proxy: wire.proxy });
  const scene = await prepare(database, sender.request, "bonseok.koo");
  await page.goto("/notifications");
  await tell(scene, "끊기기 전");
  await expect(bellOf(page)).toHaveAccessibleName(unseen(1));

  const cutAt = performance.now();
  await context.setOffline(true);
  await wire.cut();
  const words = Array.from({ length: 6 }, (_, index) => `끊긴 동안 ${index + 1}`);
  for (const each of words) await tell(scene, each);
  const told = () => database.count("SELECT 1 FROM notification WHERE person_id = $1", [scene.readerId]);
  await expect.poll(told).toBe(7);
  await expect.poll(() => performance.now() - cutAt, { timeout: OFFLINE_MS + 5_000 }).toBeGreaterThan(OFFLINE_MS);
  await expect(bellOf(page)).toHaveAccessibleName(unseen(1));

  await wire.join();
  await context.setOffline(false);
  await expect(bellOf(page)).toHaveAccessibleName(unseen(7), { timeout: 20_000 });
  await expect(toastsOf(page).getByText("새 알림 6개가 왔어요")).toHaveCount(1);
  for (const each of ["끊기기 전", ...words]) {
    await expect(page.getByRole("main").getByRole("link", { name: new RegExp(`${each}`) })).toHaveCount(1);
  }
  await tell(scene, "다시 이어진 뒤");
  await expect(bellOf(page)).toHaveAccessibleName(unseen(8));
  await expect(toastsOf(page).getByRole("link", { name: /언급했어요/ })).toHaveCount(1);
  await context.close();
  await wire.cut();
});

test("signing out ends the session and the stream of the other tab", async ({ open }) => {
  await expect.poll(countStreams).toBe(0);
  const { context, page } = await open("jaeho.min");
  const other = await context.newPage();
  await page.goto("/");
  await other.goto("/boards/free");
  await expect.poll(countStreams).toBe(1);
  await page
    .getByRole("banner")
    .getByRole("button", { name: /내 메뉴/ })
    .click();
  await page.getByRole("dialog", { name: "내 메뉴" }).getByRole("button", { name: "로그아웃" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("로그아웃했어요")).toBeVisible();
  await expect.poll(countStreams, { timeout: 10_000 }).toBe(0);

  await other.getByRole("table", { name: "자유게시판" }).getByRole("link").first().click();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
});
