import { whenAlive } from "./stage/alive";
import { stage } from "./stage/env";
import { setRole } from "./stage/people";
import { expect, test } from "./stage/test";

const PASSWORD = "maru-demo-passphrase";
const NEXT = "비 오는 날 우산 셋과 연필";

test("a changed password signs out the other browser, and this one goes on", async ({ open }) => {
  const here = await open("sungmin.bae");
  const there = await open("sungmin.bae");
  const status = ({ context }: typeof here) => context.request.get(`${stage.url()}/api/trpc/identity.me`).then((answer) => answer.status());
  await there.page.goto("/boards");
  await whenAlive(there.page);
  await here.page.goto("/settings/password");
  await whenAlive(here.page);
  const field = (name: string) => here.page.getByRole("textbox", { name, exact: true });
  const submit = here.page.getByRole("button", { name: "비밀번호 바꾸기" });
  await submit.click();
  await expect(here.page.getByText("지금 비밀번호를 적어 주세요.")).toBeVisible();
  await field("지금 비밀번호").fill("not the password");
  await field("새 비밀번호").fill(NEXT);
  await submit.click();
  await expect(here.page.getByText("지금 비밀번호가 맞지 않아요")).toBeVisible();
  await field("지금 비밀번호").fill(PASSWORD);
  await field("새 비밀번호").fill("짧아요");
  await submit.click();
  await expect(here.page.getByText(/비밀번호가 너무 짧아요/)).toBeVisible();
  const before = (await here.context.cookies()).find(({ name }) => name.endsWith("maru.session"));
  await field("새 비밀번호").fill(NEXT);
  await submit.press("Enter");
  await expect(here.page.getByText("비밀번호를 바꿨어요")).toBeVisible();
  await expect.poll(() => status(there), { timeout: 5_000 }).toBe(401);
  expect(await status(here)).toBe(200);
  const after = (await here.context.cookies()).find(({ name }) => name.endsWith("maru.session"));
  expect(after?.value).not.toBe(before?.value);
  expect(after).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await here.page.goto("/settings/sessions");
  await expect(here.page.getByRole("list", { name: "로그인 기기" }).getByRole("listitem")).toHaveCount(1);
  await there.page.goto("/boards/free");
  await expect(there.page).toHaveURL(/\/sign-in/);
});

test("an administrator makes an account, disables another one whose page ends within five seconds, and enables it", async ({
  open,
  database,
}) => {
  await setRole(database, "byungchul.cho", "member");
  const { page } = await open("admin");
  const other = await open("byungchul.cho");
  await other.page.goto("/boards");
  await whenAlive(other.page);
  const me = () => other.context.request.get(`${stage.url()}/api/trpc/identity.me`).then((answer) => answer.status());
  expect(await me()).toBe(200);

  await page.goto("/admin/accounts");
  await whenAlive(page);
  await page.getByRole("button", { name: "계정 만들기" }).click();
  const dialog = page.getByRole("dialog", { name: "계정 만들기" });
  await dialog.getByRole("button", { name: "만들기", exact: true }).click();
  await expect(dialog.getByText("이름을 적어 주세요.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "이름", exact: true }).fill("차새봄");
  await dialog.getByRole("textbox", { name: /^아이디/ }).fill("saebom.cha");
  await dialog.getByRole("button", { name: "만들기", exact: true }).click();
  await expect(page.getByText("계정을 만들었어요")).toBeVisible();
  await page.getByRole("searchbox", { name: "이름 또는 아이디" }).fill("ㅊㅅㅂ");
  const rows = page.getByRole("list", { name: "계정" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("비밀번호 설정 전");

  await page.getByRole("searchbox", { name: "이름 또는 아이디" }).fill("byungchul");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/q=byungchul/);
  await page.getByRole("button", { name: /^사용 중지: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "사용 중지" }).click();
  await expect(page.getByText("계정 사용을 중지했어요")).toBeVisible();
  // The open page hears of it by itself.
  await expect(other.page).toHaveURL(/\/sign-in/, { timeout: 5_000 });
  expect(await me()).toBe(401);
  await expect(rows.first()).toContainText("사용 중지");
  await page.getByRole("button", { name: /^다시 사용: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "다시 사용" }).click();
  await expect(rows.first()).toContainText("사용 중");
  // Her own account has no way to be closed here.
  await page.getByRole("searchbox", { name: "이름 또는 아이디" }).fill("admin");
  await expect(rows.first()).toContainText("admin");
  await expect(rows.first().getByRole("button", { name: /^삭제: / })).toHaveCount(0);
});

test("a person changes her profile, and deletes her account", async ({ open, database }) => {
  const { page, context } = await open("miran.yoon");
  await page.goto("/settings/profile");
  await whenAlive(page);
  await page.getByRole("textbox", { name: "휴대전화" }).fill("열한자리");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("숫자와 붙임표로 적어 주세요. 예: 02-1234-5678")).toBeVisible();
  await page.getByRole("textbox", { name: "휴대전화" }).fill("010-1234-5678");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("저장했어요")).toBeVisible();
  const person = await database.row<{ mobile: string }>(
    "SELECT p.mobile FROM person p JOIN account a ON a.person_id = p.id WHERE a.username = $1",
    ["miran.yoon"],
  );
  expect(person.mobile).toBe("010-1234-5678");

  await page.getByRole("button", { name: "내 계정 삭제" }).click();
  const dialog = page.getByRole("dialog", { name: "내 계정 삭제" });
  await expect(dialog.getByRole("button", { name: "계정 삭제" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "비밀번호", exact: true }).fill(PASSWORD);
  await dialog.getByRole("textbox", { name: /적어 주세요/ }).fill("삭제");
  await dialog.getByRole("button", { name: "계정 삭제" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await context.request.get(`${stage.url()}/api/trpc/identity.me`)).status()).toBe(401);
  await database.rows("UPDATE account SET state = 'ACTIVE', erase_after = NULL WHERE username = $1", ["miran.yoon"]);
});

test("a system is registered, told its secret once, signs in with it in either way, and is revoked", async ({ open, database }) => {
  await database.rows("UPDATE account SET password_hash = NULL WHERE username = $1", ["saebom.cha"]);
  const { page } = await open("admin");
  await page.goto("/admin/api-clients");
  await whenAlive(page);
  await page.getByRole("button", { name: "클라이언트 등록" }).click();
  const dialog = page.getByRole("dialog", { name: "클라이언트 등록" });
  await dialog.getByRole("textbox", { name: "이름", exact: true }).fill("급여 시스템");
  await dialog.getByRole("combobox", { name: "서비스 구성원" }).fill("차새봄");
  await page.getByRole("option", { name: /차새봄/ }).click();
  await dialog.getByRole("checkbox", { name: "게시판 읽기" }).check();
  await dialog.getByRole("button", { name: "클라이언트 등록" }).click();
  await expect(dialog).toHaveCount(0);
  const secret = await page.getByRole("textbox", { name: "클라이언트 비밀값" }).inputValue();
  const row = page.getByRole("list", { name: "API 클라이언트" }).getByRole("listitem").filter({ hasText: "급여 시스템" });
  const clientId = /[0-9a-f-]{36}/.exec((await row.textContent()) ?? "")?.[0] ?? "";
  const issue = (headers: Record<string, string>, credentials: Record<string, string>) =>
    fetch(`${stage.url()}/api/v1/auth/token`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "client_credentials", ...credentials }),
    }).then(({ status }) => status);
  const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` };
  expect(await issue({}, { client_id: clientId, client_secret: secret })).toBe(200);
  expect(await issue(basic, {})).toBe(200);
  await page.reload();
  await whenAlive(page);
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: "폐기: 급여 시스템" }).click();
  await page.getByRole("dialog", { name: "클라이언트를 폐기할까요?" }).getByRole("button", { name: "폐기" }).click();
  await expect(page.getByText("클라이언트를 폐기했어요")).toBeVisible();
  expect(await issue(basic, {})).toBe(401);
});
