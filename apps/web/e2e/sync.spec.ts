import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import type { Page } from "@playwright/test";
import { startTestDirectory, type TestDirectory } from "../../../scripts/stack/directory.mjs";
import { organisationDn } from "../../../scripts/stack/directory-organisation.mjs";
import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { setRole } from "./stage/people";
import { expect, test } from "./stage/test";

const NAME = "본사 OpenLDAP";

// One directory after another state of it: what the first journey has made is what the others go on with.
test.describe.configure({ mode: "serial" });

let directory: TestDirectory | string = "not started";

test.beforeAll(async ({ database }) => {
  directory = await startTestDirectory("openldap");
  if (typeof directory === "string" && process.env.CI === "true") throw new Error(directory);
  await setRole(database, "mijung.uhm", "system-admin");
  await setRole(database, "sarah.lee", "member");
});

test.afterAll(async ({ database }) => {
  await database.rows("DELETE FROM sync_source WHERE name = $1", [NAME]);
  if (typeof directory !== "string") await directory.stop();
});

const choose = async (page: Page, field: string, option: string): Promise<void> => {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
};

const fill = (page: Page, field: string, value: string): Promise<void> =>
  page.getByRole("textbox", { name: field, exact: true }).fill(value);

// What is typed as a password has no role.
const passwordOf = (page: Page) => page.locator("input[type=password]");
/** Looks for a name among the changes, and waits until the address says so: what is pressed meanwhile would lead back here. */
const find = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("searchbox", { name: "이름", exact: true }).fill(name);
  await expect(page).toHaveURL(/\?q=/);
};

/** Types in where the directory is. The password is whoever's who tests. */
const fillSource = async (page: Page, { settings }: TestDirectory): Promise<void> => {
  const { hostname, port } = new URL(settings.url.replace(/^ldaps/, "https"));
  await choose(page, "종류", "OpenLDAP");
  await fill(page, "이름", NAME);
  await fill(page, "주소", hostname);
  await fill(page, "포트", port);
  await fill(page, "믿을 인증 기관(CA)", settings.ca);
  await fill(page, "읽기 계정", settings.bindDn);
  await fill(page, "기준 DN", organisationDn);
};

const stageOf = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "연결 테스트" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

test("an administrator connects a directory, sees what would change, runs it, and the people are there", async ({ open, database }) => {
  test.skip(typeof directory === "string", String(directory));
  const server = directory as TestDirectory;
  const { page } = await open("mijung.uhm");
  await page.goto("/admin/sync");
  await whenAlive(page);
  await page.getByRole("link", { name: "연동 추가" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "새 연동" })).toBeVisible();

  // What is missing is said before anything is sent.
  await page.getByRole("button", { name: "테스트 시작" }).click();
  await expect(page.getByText("서버와 가져올 범위를 먼저 채워 주세요.")).toBeVisible();

  // A server that takes the call and says nothing: what is done stands there while the next stage is being tried.
  const mute = createServer().listen(0, "127.0.0.1");
  await once(mute, "listening");
  await fillSource(page, server);
  await fill(page, "주소", "127.0.0.1");
  await fill(page, "포트", String((mute.address() as AddressInfo).port));
  await passwordOf(page).fill("password of nobody");
  const watched = page.waitForRequest(/sync\.watchTest/);
  await page.getByRole("button", { name: "테스트 시작" }).click();
  expect(decodeURIComponent((await watched).url())).not.toContain("password of nobody");
  await expect(stageOf(page, "연결")).toContainText("통과");
  await expect(stageOf(page, "TLS 인증서")).toContainText("확인 중");
  await expect(stageOf(page, "로그인")).toContainText("대기");
  await expect(page.getByText("TLS 인증서 단계에서 멈췄어요")).toBeVisible();
  mute.close();

  await fillSource(page, server);
  await passwordOf(page).fill("wrong password");
  await page.getByRole("button", { name: "다시 테스트" }).click();
  await expect(page.getByText("로그인 단계에서 멈췄어요")).toBeVisible();
  await expect(stageOf(page, "로그인")).toContainText("읽기 계정이나 비밀번호가 맞지 않아요");
  await expect(stageOf(page, "TLS 인증서")).toContainText("Maru test authority");
  await expect(stageOf(page, "기준 DN")).toContainText("건너뜀");

  await passwordOf(page).fill(server.settings.password);
  await expect(page.getByText("설정이 바뀌었어요. 다시 테스트해 주세요.")).toBeVisible();
  await page.getByRole("button", { name: "다시 테스트" }).click();
  await expect(page.getByText("아홉 단계를 모두 통과했어요.")).toBeVisible();
  await expect(page.getByRole("list", { name: "연결 테스트" }).getByRole("listitem")).toHaveCount(9);
  await expect(stageOf(page, "서버 종류")).toContainText("OpenLDAP");
  await expect(stageOf(page, "필터")).toContainText("21건을 찾았어요.");
  // What a real entry holds stands beside the attribute.
  await expect(page.getByRole("row", { name: /^사번/ })).toContainText(/E-[a-z.]+/);
  await expectAccessible(page);

  await page.getByRole("button", { name: "저장", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/sync\/sources\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();

  // The password is kept and not shown, and is not sent to another server.
  await expect(passwordOf(page)).toHaveValue("");
  await expect(page.getByText("저장되어 있어요. 바꿀 때만 입력해 주세요.")).toBeVisible();
  const { port } = new URL(server.settings.url.replace(/^ldaps/, "https"));
  await fill(page, "포트", "3269");
  await expect(page.getByText("서버나 보안 연결이 바뀌었어요. 비밀번호를 다시 입력해 주세요.")).toBeVisible();
  await page.getByRole("navigation", { name: "현재 위치" }).getByRole("link", { name: "디렉터리 연동" }).click();
  const question = page.getByRole("dialog", { name: "저장하지 않고 나갈까요?" });
  await question.getByText("계속 작성", { exact: true }).click();
  await fill(page, "포트", port);
  await page.getByRole("navigation", { name: "현재 위치" }).getByRole("link", { name: "디렉터리 연동" }).click();

  await page.getByRole("button", { name: `미리보기: ${NAME}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${NAME} 미리보기` })).toBeVisible();
  await expect(page.getByText("미리보기를 마쳤어요")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("단계와 시간")).toBeVisible();
  await find(page, "권역슬");
  const added = page.getByRole("row", { name: /구성원 추가 권역슬/ });
  await expect(added).toContainText("kwon.slash@corp.test");
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV 내려받기" }).click()]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.startsWith('\uFEFF"순서","대상","변경"')).toBe(true);
  expect(csv).toContain("권역슬");
  expect(await database.count("SELECT 1 FROM person WHERE name = '권역슬'")).toBe(0);

  await page.getByRole("button", { name: "이대로 실행" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${NAME} 실행` })).toBeVisible();
  await expect(page.getByText(/^반영을 마쳤어요$|^반영하지 못한 항목이 있어요$/)).toBeVisible({ timeout: 60_000 });
  await find(page, "권역슬");
  await page
    .getByRole("row", { name: /구성원 추가 권역슬/ })
    .getByRole("link", { name: "권역슬" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: /권역슬/ })).toBeVisible();

  await page.goto("/admin/sync");
  const history = page.getByRole("table", { name: "실행 기록" });
  const runs = history.getByRole("row").filter({ hasText: "엄미정" });
  await expect(runs.filter({ hasText: "전체 반영" })).toContainText("엄미정");
  await expect(runs.filter({ hasText: "전체 미리보기" })).toContainText("완료");
  await expectAccessible(page);
});

test("a run that nobody has looked at waits, and goes on once the number is typed", async ({ open, database }) => {
  test.skip(typeof directory === "string", String(directory));
  const { page } = await open("mijung.uhm");
  // As if the settings had been changed since somebody looked.
  await database.rows("UPDATE sync_source SET seen_scope = NULL WHERE name = $1", [NAME]);
  await database.rows("UPDATE sync_link SET hash = 'another' WHERE person_id = (SELECT id FROM person WHERE name = '오하나')");
  await database.rows("UPDATE person SET employee_no = 'E-moved' WHERE name = '오하나'");
  await page.goto("/admin/sync");
  await whenAlive(page);
  await page.getByRole("button", { name: `실행: ${NAME}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "실행", exact: true }).click();
  await expect(page.getByText("승인을 기다려요", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/설정이 바뀐 뒤 처음이에요/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "승인", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "기다리는 변경을 모두 반영할까요?" });
  await dialog.getByRole("textbox", { name: "반영할 건수 입력" }).fill("999");
  await dialog.getByRole("button", { name: "승인", exact: true }).click();
  await expect(dialog.getByText("기다리는 건수와 달라요")).toBeVisible();
  await dialog.getByRole("textbox", { name: "반영할 건수 입력" }).fill("1");
  await dialog.getByRole("button", { name: "승인", exact: true }).click();
  await expect(page.getByText(/^반영을 마쳤어요$|^반영하지 못한 항목이 있어요$/)).toBeVisible({ timeout: 60_000 });
  expect(await database.count("SELECT 1 FROM person WHERE name = '오하나' AND employee_no = 'E-oh.plus'")).toBe(1);
});

test("a directory that is away fails the run, which says what to do; a member sees none of it", async ({ open, database }) => {
  test.skip(typeof directory === "string", String(directory));
  const server = directory as TestDirectory;
  const people = await database.count("SELECT 1 FROM person WHERE state = 'ACTIVE'");
  const { page } = await open("mijung.uhm");
  await page.goto("/admin/sync");
  await whenAlive(page);
  await server.halt();
  await page.getByRole("button", { name: `미리보기: ${NAME}` }).click();
  await expect(page.getByText("서버에 연결하지 못했어요")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/비활성화되거나 사라진 사람은 없어요/)).toBeVisible();
  await expect(page.getByRole("link", { name: "연동 설정 열기" })).toBeVisible();
  await expectAccessible(page);
  expect(await database.count("SELECT 1 FROM person WHERE state = 'ACTIVE'")).toBe(people);
  await server.resume();

  const { page: member } = await open("sarah.lee");
  await member.goto("/admin/sync");
  await expect(member.getByText("디렉터리 연동")).toHaveCount(0);
});
