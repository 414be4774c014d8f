import { readFile } from "node:fs/promises";
import { unzipped } from "@maru/platform/archive/unzipped";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { stage } from "./stage/env";
import { call } from "./stage/people";
import { expect, test } from "./stage/test";
import { boardIdOf, doc, paragraph, publish, text } from "./stage/writing";

const PASSWORD = "maru-demo-passphrase";
const BODY = "개인정보 여정에서 남긴 글이에요";

test("a person asks for her data, gives her password, sees how far it is, and downloads a file that holds her post", async ({
  open,
  database,
}) => {
  const { page, context } = await open("donghyuk.shin");
  await publish(context.request, await boardIdOf(database, "free"), BODY, doc(paragraph(text(BODY))));
  // She has signed in long ago.
  await database.rows("UPDATE session SET proved_at = NULL WHERE account_id = (SELECT id FROM account WHERE username = $1)", [
    "donghyuk.shin",
  ]);
  await page.goto("/settings/privacy");
  await whenAlive(page);
  await page.getByRole("button", { name: "파일 만들기" }).click();
  const question = page.getByRole("dialog", { name: "비밀번호 확인" });
  await question.getByRole("textbox").fill(PASSWORD);
  await question.getByRole("button", { name: "확인" }).click();
  await expect(page.getByText("파일을 만들기 시작했어요")).toBeVisible();
  await expect(page.getByText(/만드는 중|준비됨/).first()).toBeVisible();
  const link = page.getByRole("link", { name: /내려받기/ });
  await expect(link).toBeVisible({ timeout: 20_000 });

  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^maru-my-data-\d{4}-\d{2}-\d{2}\.zip$/);
  const entries = unzipped(await readFile(await download.path()));
  expect(entries.get("board/posts.json")?.toString()).toContain(BODY);
  expect(entries.get("directory/person.json")?.toString()).toContain("신동혁");
  await expect(page.getByText("내 정보 파일이 준비됐어요").first()).toBeVisible({ timeout: 20_000 });

  // Her address opens the file for nobody else.
  const other = await open("jiwon.yoo");
  const href = await link.getAttribute("href");
  expect((await other.context.request.get(`${stage.url()}${href}`, { headers: { "sec-fetch-site": "same-origin" } })).status()).toBe(404);
});

test("an administrator publishes a required version, and a person agrees to it without losing what she writes", async ({
  open,
  database,
}) => {
  const { page: admin } = await open("admin");
  const writer = await open("eunbi.ko");
  // A consent is asked for at a visit, not in the middle of one: this page was opened before.
  await writer.page.goto("/boards/free/new");
  await whenAlive(writer.page);
  await writer.page.getByRole("textbox", { name: "제목" }).fill("쓰던 글");

  await admin.goto("/admin/privacy");
  await whenAlive(admin);
  await admin.getByRole("button", { name: "새 판 게시: 이용약관" }).click();
  const form = admin.getByRole("dialog", { name: "이용약관 2판 게시" });
  await form.getByRole("textbox", { name: "내용 (영어)" }).fill("");
  await form.getByRole("button", { name: "게시" }).click();
  await expect(form.getByText("빈칸을 채워 주세요.")).toBeVisible();
  await form.getByRole("textbox", { name: "내용 (영어)" }).fill("The second version.");
  await form.getByRole("textbox", { name: "내용 (한국어)" }).fill("둘째 판이에요.");
  await form.getByRole("button", { name: "게시" }).click();
  await expect(admin.getByText("새 판을 게시했어요")).toBeVisible();

  await expect(writer.page.getByRole("dialog", { name: "새 약관에 동의해 주세요" })).toBeHidden();
  await expect(writer.page.getByRole("textbox", { name: "제목" })).toHaveValue("쓰던 글");
  const second = await writer.context.newPage();
  await second.goto("/boards");
  const dialog = second.getByRole("dialog", { name: "새 약관에 동의해 주세요" });
  await expect(dialog.getByText("둘째 판이에요.")).toBeVisible();
  await expectAccessible(second);
  await dialog.getByRole("button", { name: "나중에" }).last().click();
  await expect(dialog).toBeHidden();
  await second.reload();
  await dialog.getByRole("button", { name: "모두 동의" }).click();
  await expect(dialog).toBeHidden();
  await second.reload();
  await whenAlive(second);
  await expect(dialog).toBeHidden();

  await second.goto("/settings/privacy");
  await whenAlive(second);
  const consents = second.getByRole("list", { name: "동의", exact: true });
  await expect(consents.getByRole("listitem").filter({ hasText: "이용약관" })).toContainText("2판");
  await second.getByRole("button", { name: "동의: 사내 소식 메일 받기" }).click();
  await expect(second.getByText("동의했어요")).toBeVisible();
  await second.getByRole("button", { name: "철회: 사내 소식 메일 받기" }).click();
  await expect(second.getByText("동의를 철회했어요")).toBeVisible();
  await expectAccessible(second);

  // Everybody else has agreed by now, too: the other journeys are not asked.
  await database.rows(
    `INSERT INTO consent (id, person_id, document_id, given_at) SELECT gen_random_uuid(), p.id, d.id, now() FROM person p, privacy_document d
     WHERE d.version = 2 ON CONFLICT DO NOTHING`,
  );
  const refused = await call(writer.context.request, "privacy.publishDocument", {
    kind: "TERMS",
    baseVersion: 2,
    isRequired: true,
    title: "제목",
    titleEn: "Title",
    body: "내용",
    bodyEn: "Text",
  });
  expect(refused).toMatchObject({ status: 403, code: "common.forbidden" });
});
