import type { Page } from "@playwright/test";
import { whenAlive } from "./stage/alive";
import { expect, test } from "./stage/test";

const toastsOf = (page: Page) => page.getByRole("region", { name: "새 소식" });

const assign = async (page: Page, role: string): Promise<void> => {
  await page.getByRole("combobox", { name: "역할", exact: true }).click();
  await page.getByRole("option", { name: role, exact: true }).click();
  await page.getByRole("button", { name: "배정", exact: true }).click();
};
const openPerson = async (page: Page, initials: string, name: RegExp): Promise<void> => {
  await page.goto("/admin/rights/people");
  await whenAlive(page);
  await page.getByRole("searchbox", { name: "구성원 찾기" }).fill(initials);
  await page.getByRole("main").getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};

test("a role is made, looked at before it is saved, and given to somebody who sees it within 5 s", async ({ open }) => {
  const { page: admin } = await open("admin");
  await admin.goto("/");
  await admin.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "권한 관리" }).click();
  await expect(admin.getByRole("table").getByRole("columnheader", { name: "시스템 관리자" })).toBeVisible();
  await admin.getByRole("link", { name: "역할 만들기" }).click();
  await admin.getByRole("textbox", { name: "이름 (한국어)" }).fill("권한 검토자");
  await admin.getByRole("textbox", { name: "이름 (영어)" }).fill("Rights reviewer");
  await admin.getByRole("checkbox", { name: "권한 보기" }).check();
  await admin.getByRole("button", { name: "변경 내용 확인" }).click();
  const dialog = admin.getByRole("dialog", { name: "저장하기 전에 확인해 주세요" });
  await expect(dialog.getByText("추가되는 권한 1")).toBeVisible();
  await expect(dialog.getByText("영향을 받는 사람 0명")).toBeVisible();
  await dialog.getByRole("button", { name: "저장" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "권한 검토자" })).toBeVisible();

  const { page: hong } = await open("hong");
  expect((await hong.goto("/admin/rights"))?.status()).toBe(403);
  await hong.goto("/");
  await expect(hong.getByRole("link", { name: "권한 관리" })).toHaveCount(0);
  await openPerson(admin, "ㅎㄱㄷ", /홍길동 과장/);
  await assign(admin, "권한 검토자");
  await expect(toastsOf(admin).getByText("역할을 배정했어요")).toBeVisible();
  await expect(admin.getByRole("list").getByText("권한 검토자").first()).toBeVisible();
  await expect(async () => {
    expect((await hong.goto("/admin/rights"))?.status()).toBe(200);
  }).toPass({ timeout: 5_000 });
  await expect(hong.getByRole("navigation", { name: "주 메뉴" }).getByRole("link", { name: "권한 관리" })).toBeVisible();
  await expect(hong.getByRole("link", { name: "역할 만들기" })).toHaveCount(0);

  // What would become of the one person who has it is told before it is saved.
  await admin.getByRole("link", { name: "권한 검토자" }).first().click();
  await admin.getByRole("checkbox", { name: "게시판 관리" }).check();
  await admin.getByRole("checkbox", { name: "권한 보기" }).uncheck();
  await admin.getByRole("button", { name: "변경 내용 확인" }).click();
  await expect(dialog.getByText("추가되는 권한 1")).toBeVisible();
  await expect(dialog.getByText("사라지는 권한 1")).toBeVisible();
  await expect(dialog.getByText("영향을 받는 사람 1명")).toBeVisible();
  await expect(dialog.getByText(/홍길동 과장/)).toBeVisible();
  await dialog.getByRole("button", { name: "계속 고치기" }).click();
  await expect(dialog).toBeHidden();
});

test("two administrators who save one role at once both see what the other did", async ({ open }) => {
  const { page: first } = await open("admin");
  await first.goto("/admin/rights/roles/new");
  await whenAlive(first);
  await first.getByRole("textbox", { name: "이름 (한국어)" }).fill("함께 고치는 역할");
  await first.getByRole("textbox", { name: "이름 (영어)" }).fill("Shared role");
  await first.getByRole("button", { name: "변경 내용 확인" }).click();
  await first.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(first.getByRole("heading", { level: 1, name: "함께 고치는 역할" })).toBeVisible();
  const { page: second } = await open("namgung");
  await second.goto(new URL(first.url()).pathname);
  await whenAlive(second);
  for (const [page, permission] of [
    [first, "글쓰기"],
    [second, "댓글 쓰기"],
  ] as const) {
    await page.getByRole("checkbox", { name: permission }).check();
    await page.getByRole("button", { name: "변경 내용 확인" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  }
  await expect(toastsOf(first).getByText("역할을 저장했어요")).toBeVisible();
  const conflict = second.getByRole("alert").filter({ hasText: "다른 관리자가 먼저 저장했어요" });
  await expect(conflict).toContainText("내 변경에만 있는 권한");
  await expect(conflict).toContainText("저장된 역할에만 있는 권한");
  await conflict.getByRole("button", { name: "내 변경으로 저장" }).click();
  const dialog = second.getByRole("dialog");
  await expect(dialog.getByText("사라지는 권한 1")).toBeVisible();
  await dialog.getByRole("button", { name: "저장" }).click();
  await expect(toastsOf(second).getByText("역할을 저장했어요")).toBeVisible();
});

test("a second administrator approves a system administrator", async ({ open, database }) => {
  const { page: admin } = await open("admin");
  await openPerson(admin, "ㄱㅇㅎ", /김영희 차장/);
  await assign(admin, "시스템 관리자");
  await expect(toastsOf(admin).getByText("다른 관리자의 승인을 기다려요")).toBeVisible();
  await admin.getByRole("link", { name: /승인 대기/ }).click();
  await expect(admin.getByText("다른 시스템 관리자가 승인할 수 있어요")).toBeVisible();
  await expect(admin.getByRole("button", { name: /^승인/ })).toHaveCount(0);

  const { page: kim } = await open("kim");
  await kim.goto("/");
  const { page: second } = await open("namgung");
  await second.goto("/notifications");
  await second
    .getByRole("main")
    .getByRole("link", { name: /권한 변경의 승인을 기다려요/ })
    .first()
    .click();
  await expect(second).toHaveURL(/\/admin\/rights\/changes$/);
  await second.getByRole("button", { name: /^승인: 김영희/ }).click();
  await expect(toastsOf(second).getByText("승인했어요")).toBeVisible();
  await expect(second.getByText("승인을 기다리는 요청이 없어요")).toBeVisible();

  // The new rights begin with a new sign-in.
  await expect(async () => {
    await kim.goto("/boards");
    expect(new URL(kim.url()).pathname).toBe("/sign-in");
  }).toPass({ timeout: 5_000 });
  await database.rows(
    "DELETE FROM role_assignment ra USING account a, role r WHERE a.id = ra.account_id AND a.username = 'kim' AND r.id = ra.role_id AND r.key = 'system-admin'",
  );
});
