import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { startNamedDoor } from "./stage/named-door";
import { expect, test } from "./stage/test";

const PASSWORD = "maru-demo-passphrase";
const codeOf = (secret: string): string => new TOTP({ secret: secret.replaceAll(" ", ""), digits: 6, period: 30 }).generate();

const givePassword = async (page: Page, username: string): Promise<void> => {
  await page.goto("/sign-in?next=/settings/security");
  await whenAlive(page);
  await page.getByRole("textbox", { name: "아이디" }).fill(username);
  await page.getByRole("textbox", { name: "비밀번호", exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
};
const giveCode = async (page: Page, code: string): Promise<void> => {
  await page.getByRole("textbox", { name: "인증 코드" }).fill(code);
  await page.getByRole("button", { name: "확인" }).click();
};
// The sign-in page names where it leads to: the path alone tells that somebody is there.
const arrives = (page: Page): Promise<void> => page.waitForURL(({ pathname }) => pathname === "/settings/security");

test("an authenticator app is set up behind the password, and signs in with its codes and the recovery codes", async ({
  open,
  database,
}) => {
  const username = "inkyung.hwang";
  const { page } = await open(username);
  const { id } = await database.row<{ id: string }>("SELECT id FROM account WHERE username = $1", [username]);
  // As if she had signed in an hour ago: what follows is asked for once more.
  await database.rows("UPDATE session SET proved_at = now() - interval '1 hour' WHERE account_id = $1", [id]);
  await page.goto("/settings/security");
  await whenAlive(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "등록", exact: true }).click();
  const question = page.getByRole("dialog", { name: "비밀번호 확인" });
  await question.getByRole("textbox", { name: "비밀번호", exact: true }).fill("not this one");
  await question.getByRole("button", { name: "확인", exact: true }).click();
  await expect(question.getByRole("alert", { name: /비밀번호/ })).toBeVisible();
  await question.getByRole("textbox", { name: "비밀번호", exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");

  const setup = page.getByRole("dialog", { name: "인증 앱 등록" });
  await expect(setup.getByRole("img", { name: "인증 앱으로 찍는 QR 코드" })).toBeVisible();
  await expectAccessible(page);
  const secret = (await setup.locator("code").textContent()) ?? "";
  await setup.getByRole("textbox", { name: "앱에 보이는 여섯 자리" }).fill("000000");
  await setup.getByRole("button", { name: "확인" }).click();
  await expect(setup.getByText("인증 코드가 맞지 않아요")).toBeVisible();
  await setup.getByRole("textbox", { name: "앱에 보이는 여섯 자리" }).fill(codeOf(secret));
  await setup.getByRole("button", { name: "확인" }).click();
  const codes = page.getByRole("list", { name: "복구 코드" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const [recoveryCode = ""] = await codes.allTextContents();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText("10개 남음")).toBeVisible();
  expect(await page.content()).not.toContain(recoveryCode);

  // The code that set it up was taken: the next one is waited for by moving the step back, as half a minute would.
  const forgetStep = () => database.rows("UPDATE totp_factor SET last_step = 0 WHERE account_id = $1", [id]);
  await forgetStep();
  const other = (await open(null)).page;
  await givePassword(other, username);
  await expect(other.getByRole("heading", { name: "두 번째 인증" })).toBeVisible();
  await expectAccessible(other);
  const code = codeOf(secret);
  await giveCode(other, "000000");
  await expect(other.getByText("인증 코드가 맞지 않아요")).toBeVisible();
  await giveCode(other, code);
  await arrives(other);
  // Nothing of the half sign-in stands in an address.
  expect(other.url()).not.toMatch(/challenge|~/);

  const third = (await open(null)).page;
  await givePassword(third, username);
  await giveCode(third, recoveryCode.toUpperCase());
  await arrives(third);
  await expect(third.getByText("9개 남음")).toBeVisible();
  const fourth = (await open(null)).page;
  await givePassword(fourth, username);
  await giveCode(fourth, recoveryCode);
  await expect(fourth.getByText("인증 코드가 맞지 않아요")).toBeVisible();

  await page.goto("/notifications");
  await expect(page.getByText("복구 코드로 로그인했어요.")).toBeVisible();
  await expect(page.getByText("두 번째 인증을 등록했어요.").first()).toBeVisible();
});

test("a passkey is made, signs in, confirms in the place of the password, and goes", async ({ open, database }) => {
  const door = await startNamedDoor();
  try {
    const username = "jaesung.ahn";
    const { page, context } = await open(null, { baseURL: door.url });
    const device = await context.newCDPSession(page);
    // Off the page first: one that finds its session gone goes to the sign-in page by itself, at the same time.
    const leave = async () => {
      await page.goto("about:blank");
      await context.clearCookies();
    };
    await device.send("WebAuthn.enable");
    const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await givePassword(page, username);
    await arrives(page);
    await whenAlive(page);
    await page.getByRole("button", { name: "패스키 등록" }).click();
    const naming = page.getByRole("dialog", { name: "패스키 등록" });
    await naming.getByRole("textbox", { name: "이름" }).fill("회사 노트북");
    await naming.getByRole("button", { name: "등록" }).click();
    await expect(page.getByRole("list", { name: "패스키" }).getByRole("listitem")).toContainText("회사 노트북");
    await expect(page.getByRole("list", { name: "복구 코드" }).getByRole("listitem")).toHaveCount(10);
    expect((await device.send("WebAuthn.getCredentials", { authenticatorId })).credentials).toHaveLength(1);
    await expectAccessible(page);

    await leave();
    await givePassword(page, username);
    await page.getByRole("button", { name: "패스키로 로그인" }).click();
    await arrives(page);
    await whenAlive(page);
    const counted = await database.row<{ counter: string }>("SELECT counter FROM passkey WHERE name = '회사 노트북'");
    expect(Number(counted.counter)).toBeGreaterThan(0);

    // A copy whose counter stands still is refused.
    await database.rows("UPDATE passkey SET counter = 1000 WHERE name = '회사 노트북'");
    await leave();
    await givePassword(page, username);
    await page.getByRole("button", { name: "패스키로 로그인" }).click();
    await expect(page.getByText("인증 코드가 맞지 않아요")).toBeVisible();
    await database.rows("UPDATE passkey SET counter = 0 WHERE name = '회사 노트북'");
    await page.getByRole("button", { name: "패스키로 로그인" }).click();
    await arrives(page);
    await whenAlive(page);

    await database.rows("UPDATE session SET proved_at = NULL WHERE account_id = (SELECT id FROM account WHERE username = $1)", [username]);
    await page.getByRole("button", { name: "해제: 회사 노트북" }).click();
    await page.getByRole("dialog", { name: "패스키를 해제할까요?" }).getByRole("button", { name: "해제" }).click();
    await page.getByRole("dialog", { name: "비밀번호 확인" }).getByRole("button", { name: "패스키로 확인" }).click();
    await expect(page.getByText("두 번째 인증을 해제했어요")).toBeVisible();
    await expect(page.getByText("회사 노트북")).toHaveCount(0);
  } finally {
    await door.stop();
  }
});
