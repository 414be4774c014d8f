import { startTestProvider, type TestProvider } from "@maru/platform/oauth/test-provider";
import { findFreePort } from "../../../scripts/stack/ports.mjs";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { startNamedDoor } from "./stage/named-door";
import { expect, test } from "./stage/test";

const PASSWORD = "maru-demo-passphrase";

let provider: TestProvider;
let door: Awaited<ReturnType<typeof startNamedDoor>>;
test.beforeAll(async () => {
  const port = await findFreePort();
  provider = await startTestProvider([`http://localhost:${port}/api/sign-in/entra`]);
  door = await startNamedDoor({ port, env: { MARU_LOGIN_ENTRA: "maru:secret-of-maru", MARU_ENTRA_ISSUER: provider.issuer } });
});
test.afterAll(async () => {
  await door.stop();
  await provider.close();
});

test("another provider opens nothing until it is linked, then the door, until it is unlinked", async ({ open }) => {
  const { page } = await open(null);
  const withMicrosoft = page.getByRole("button", { name: "Microsoft로 로그인" });
  await page.goto(`${door.url}/sign-in`);
  await whenAlive(page);
  await expectAccessible(page);
  await withMicrosoft.click();
  await expect(page.getByRole("alert", { name: "연결된 계정이 없어요" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${door.url}/sign-in?next=/settings/security`);
  await whenAlive(page);
  await page.getByRole("textbox", { name: "아이디" }).fill("jaesung.ahn");
  await page.getByRole("textbox", { name: "비밀번호", exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  const services = page.getByRole("list", { name: "다른 서비스로 로그인" });
  await services.getByRole("button", { name: "연결: Microsoft" }).click();
  await expect(page.getByText("Microsoft 연결을 마쳤어요")).toBeVisible();
  await expect(services.getByRole("listitem")).toContainText("somebody@there");
  await expectAccessible(page);

  await page.goto(`${door.url}/settings/sessions`);
  await whenAlive(page);
  await page.getByRole("button", { name: "로그아웃", exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname === "/sign-in");
  await page.goto(`${door.url}/sign-in?next=/settings/security`);
  await whenAlive(page);
  await withMicrosoft.click();
  await page.waitForURL(({ pathname }) => pathname === "/settings/security");
  await whenAlive(page);

  // Somebody else's word is no password: what is sensitive asks for it.
  await services.getByRole("button", { name: "연결 끊기: Microsoft" }).click();
  await page.getByRole("dialog", { name: "연결을 끊을까요?" }).getByRole("button", { name: "연결 끊기" }).click();
  const question = page.getByRole("dialog", { name: "비밀번호 확인" });
  await question.getByRole("textbox", { name: "비밀번호", exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByText("연결을 끊었어요")).toBeVisible();
  await expect(services.getByRole("button", { name: "연결: Microsoft" })).toBeVisible();
});
