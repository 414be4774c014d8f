import { readFile } from "node:fs/promises";
import iconv from "iconv-lite";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { call } from "./stage/people";
import { expect, test } from "./stage/test";

const numberOf = (at: number): string => `IMP-${at.toString().padStart(3, "0")}`;
const ROWS = 41;
const BAD_ROW = 30;

/** A file as Windows' own Excel saves it: one person who is there, forty who are new, and one address that is none. */
const file = (): Buffer => {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const mail = at + 2 === BAD_ROW ? "주소가 아님" : `${numberOf(at).toLowerCase()}@maru.example`;
    return `${numberOf(at)},똠${at}번,개발1팀,과장,${mail}`;
  });
  return iconv.encode(["사원번호,성명,소속부서,직급,이메일", ...rows].join("\r\n"), "cp949");
};

test("an administrator reads people in from a CP949 file with one bad row, looks first, applies it, and takes it back", async ({
  open,
  database,
}) => {
  const { page, context } = await open("admin");
  await call(context.request, "directory.savePerson", { name: "옛이름", employeeNo: numberOf(0) });
  await page.goto("/admin/people/import");
  await whenAlive(page);
  await expectAccessible(page, "nothing chosen");
  await page.locator("input[type=file]").setInputFiles({ name: "인사.csv", mimeType: "text/csv", buffer: file() });
  await expect(page).toHaveURL(/\/admin\/people\/import\?id=/);
  await expect(page.getByText("CP949(한글 윈도우)")).toBeVisible();
  await expect(page.getByText(`구성원 ${ROWS}행이 있어요.`)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "소속부서 열의 뜻" })).toHaveValue("department");
  await expectAccessible(page, "columns");

  await page.getByRole("button", { name: "미리보기", exact: true }).click();
  await expect(page.getByText("변경 40건을 적용할 수 있어요. 1행에 고칠 것이 있어요.")).toBeVisible();
  const rows = page.getByRole("table", { name: "바뀔 내용" });
  await expect(rows.getByRole("row", { name: /옛이름/ })).toContainText("똠0번");
  await page.getByText("고칠 행 1").click();
  await expect(rows.getByRole("row")).toHaveCount(2);
  await expect(rows).toContainText(`${BAD_ROW}행`);
  await expect(rows).toContainText("이메일 칸의 형식이 맞지 않아요.");
  await expectAccessible(page, "what would change");
  const [errors] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "고칠 행 내려받기" }).click()]);
  expect(errors.suggestedFilename()).toBe("인사-errors.csv");
  expect((await readFile(await errors.path())).toString()).toContain(`"${BAD_ROW}","email.invalid","${numberOf(BAD_ROW - 2)}"`);
  const count = async () =>
    (await database.row<{ count: number }>("SELECT count(*)::int AS count FROM person WHERE employee_no LIKE 'IMP-%' AND state = 'ACTIVE'"))
      .count;
  expect(await count()).toBe(1);

  await page.getByRole("button", { name: "40건 적용" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "40건 적용" }).click();
  await expect(page.getByText("변경 40건을 적용했어요. 1행은 고칠 것이 있어 적용하지 않았어요.")).toBeVisible();
  expect(await count()).toBe(ROWS - 1);

  await page.getByRole("button", { name: "되돌리기", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "되돌리기" }).click();
  await expect(page.getByText("변경 40건을 되돌렸어요.")).toBeVisible();
  expect(await count()).toBe(1);
  const { name } = await database.row<{ name: string }>("SELECT name FROM person WHERE employee_no = $1", [numberOf(0)]);
  expect(name).toBe("옛이름");
  await expectAccessible(page, "taken back");
});

test("an administrator takes the people out as a file, for a reason, and is told when it is ready", async ({ open }) => {
  const { page } = await open("admin");
  await page.goto("/admin/people/import");
  await whenAlive(page);
  await page.getByRole("button", { name: "내보내기" }).click();
  const dialog = page.getByRole("dialog", { name: "구성원 내보내기" });
  await dialog.getByRole("button", { name: "내보내기" }).click();
  await expect(dialog.getByText("다섯 자 이상 적어 주세요.")).toBeVisible();
  await expectAccessible(page, "why");
  await dialog.getByRole("textbox", { name: "이유" }).fill("여정에서 내려받아요");
  await dialog.getByRole("button", { name: "내보내기" }).click();
  const link = page.getByRole("link", { name: /명 내려받기/ });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^maru-people-\d{4}-\d{2}-\d{2}\.xlsx$/);
  await expect(page.getByText("구성원 파일이 준비됐어요").first()).toBeVisible();
});
