import type { Page } from "@playwright/test";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { expect, test } from "./stage/test";

const NEW_PASSWORD = "노란 우산을 쓴 세 사람이 걷는다";

/** Opens the newest mail to somebody in the mailbox, and gives the address of its link. */
const linkIn = async (mailbox: Page, recipient: string): Promise<string> => {
  const row = mailbox.getByRole("listitem").filter({ hasText: recipient }).first();
  await expect(async () => {
    await mailbox.goto("/admin/mailbox");
    await whenAlive(mailbox);
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await row.getByRole("button").click();
  const link = mailbox.getByRole("dialog").getByRole("link");
  await expect(link).toBeVisible();
  return (await link.getAttribute("href")) ?? "";
};

const signInAs = async (page: Page, username: string, password: string): Promise<void> => {
  await page.getByRole("textbox", { name: "아이디" }).fill(username);
  await page.getByRole("textbox", { name: "비밀번호", exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
};

test("a forgotten password is replaced with the mail that the administrator finds in the mailbox", async ({ open }) => {
  const { page } = await open(null);
  await page.goto("/sign-in");
  await whenAlive(page);
  await page.getByRole("link", { name: "비밀번호를 잊었어요" }).click();
  await page.getByRole("button", { name: "메일 받기" }).click();
  await expect(page.getByText("아이디나 메일 주소를 입력해 주세요")).toBeVisible();
  await page.getByRole("textbox", { name: "아이디 또는 메일 주소" }).fill("garam.moon");
  await page.keyboard.press("Enter");
  await expect(page.getByText("계정이 있으면 곧 메일이 도착해요")).toBeVisible();
  await expectAccessible(page);

  const { page: mailbox } = await open("admin");
  const url = await linkIn(mailbox, "garam.moon@maru.example");
  await expectAccessible(mailbox);

  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url(), request.headers().referer ?? ""));
  await page.goto(url);
  await expect(page.getByText("garam.moon 계정의 비밀번호를 정해요")).toBeVisible();
  expect(page.url()).not.toContain("token");
  await page.getByRole("textbox", { name: "새 비밀번호" }).fill("passwordpassword1");
  await page.getByRole("button", { name: "비밀번호 정하기" }).click();
  await expect(page.getByText("짐작하기 쉬운 비밀번호예요")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "새 비밀번호" }).fill(NEW_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByText("비밀번호를 정했어요")).toBeVisible();
  // The token was in no address that a server, a log or another page could have seen.
  const token = url.split("#token=")[1] ?? "none";
  expect(requested.filter((address) => address.includes(token))).toEqual([]);

  await page.getByRole("link", { name: "로그인으로 가기" }).click();
  await page.waitForURL("**/sign-in");
  await whenAlive(page);
  await signInAs(page, "garam.moon", NEW_PASSWORD);
  await expect(page.getByRole("button", { name: /문가람/ })).toBeVisible();
  const again = await open(null);
  await again.page.goto(url);
  await expect(again.page.getByText("쓸 수 없는 링크예요")).toBeVisible();
});

test("an administrator invites somebody, who makes an account and signs in", async ({ open }) => {
  const { page: admin } = await open("admin");
  await admin.goto("/admin/invitations");
  await whenAlive(admin);
  await admin.getByRole("radio", { name: "초대받은 사람만" }).check();
  await expect(admin.getByText("가입 방식을 바꿨어요")).toBeVisible();
  await admin.getByRole("textbox", { name: "초대할 메일 주소" }).fill("newcomer@partner.example");
  await admin.getByRole("button", { name: "초대하기" }).click();
  await expect(admin.getByRole("list", { name: "기다리는 초대" })).toContainText("newcomer@partner.example");
  await expectAccessible(admin);
  const url = await linkIn(admin, "newcomer@partner.example");

  const { page } = await open(null);
  await page.goto(url);
  await expect(page.getByText("newcomer@partner.example 주소로 가입해요")).toBeVisible();
  await page.getByRole("textbox", { name: "이름", exact: true }).fill("손새봄");
  await page.getByRole("textbox", { name: "아이디" }).fill("saebom");
  await page.getByRole("textbox", { name: "새 비밀번호" }).fill(NEW_PASSWORD);
  await expectAccessible(page);
  await page.getByRole("button", { name: "계정 만들기" }).click();
  await expect(page.getByText("saebom 아이디로 로그인해 주세요")).toBeVisible();
  await page.getByRole("link", { name: "로그인으로 가기" }).click();
  await page.waitForURL("**/sign-in");
  await whenAlive(page);
  await signInAs(page, "saebom", NEW_PASSWORD);
  await expect(page.getByRole("button", { name: /손새봄/ })).toBeVisible();
});
