import { expectAccessible } from "./stage/accessible";
import { whenAlive } from "./stage/alive";
import { stage } from "./stage/env";
import { call, personIdOf, setRole } from "./stage/people";
import { expect, test } from "./stage/test";

test("an administrator merges two teams: she sees first what it does, applies it, and it stands in the history", async ({
  open,
  database,
}) => {
  const { page, context } = await open("admin");
  const { id: company } = await database.row<{ id: string }>(
    "SELECT id FROM department WHERE parent_id IS NULL AND closed_on IS NULL LIMIT 1",
  );
  await page.goto("/admin/organisation");
  await whenAlive(page);
  await page.getByRole("link", { name: "개편안 만들기" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "개편안 만들기" })).toBeVisible();
  const tree = page.getByRole("list", { name: "바뀐 뒤의 조직" });
  await expect(tree.getByRole("button").first()).toBeVisible();
  await expectAccessible(page, "the desk of a reorganisation");

  // Two teams, drawn up by hand: the second below the first company, with the keyboard in the tree.
  const root = tree.getByRole("button").first();
  await root.click();
  for (const [name, code] of [
    ["가나팀", "E2E-GANA"],
    ["다라팀", "E2E-DARA"],
  ] as const) {
    await page.getByRole("button", { name: "하위 부서 추가" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "이름", exact: true }).fill(name);
    await dialog.getByRole("textbox", { name: "영문 이름" }).fill(code);
    await dialog.getByRole("textbox", { name: "부서 코드" }).fill(code);
    await dialog.getByRole("textbox", { name: "약칭" }).fill(name.slice(0, 2));
    await dialog.getByRole("button", { name: "변경 추가" }).click();
    await expect(tree.getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
    await root.click();
  }
  await page.getByRole("textbox", { name: "개편 이름" }).fill("두 팀 만들기");
  const apply = async () => {
    await page.getByRole("button", { name: "적용하기" }).click();
    const dialog = page.getByRole("dialog", { name: "조직 개편 적용" });
    await dialog.getByRole("checkbox", { name: "미리 보기를 확인했어요" }).check();
    await dialog.getByRole("button", { name: "지금 적용" }).click();
    await expect(page.getByText("조직 개편을 적용했어요")).toBeVisible();
  };
  await apply();
  await expect(page.getByText(/적용함/).first()).toBeVisible();

  const [gana, dara] = await Promise.all(
    ["E2E-GANA", "E2E-DARA"].map((code) =>
      database.row<{ id: string }>("SELECT id FROM department WHERE code = $1 AND parent_id = $2", [code, company]),
    ),
  );
  const place = (departmentId: string | undefined) => [{ departmentId, isPrimary: true }];
  await call(context.request, "directory.savePerson", { name: "채가나", places: place(gana?.id) });
  await call(context.request, "directory.savePerson", { name: "채다라", places: place(dara?.id) });

  await page.goto("/admin/organisation/new");
  await whenAlive(page);
  await tree.getByRole("button", { name: /^다라팀/ }).click();
  await page.getByRole("button", { name: "합치기" }).click();
  const dialog = page.getByRole("dialog", { name: "다라팀 합치기" });
  await dialog.getByRole("combobox", { name: "합칠 부서" }).fill("가나팀");
  await page.getByRole("option", { name: /가나팀$/ }).click();
  await dialog.getByRole("button", { name: "변경 추가" }).click();
  await expect(page.getByRole("list", { name: "변경 목록" })).toContainText("다라팀 → 가나팀에 합치기");
  await expect(page.getByRole("list", { name: "달라지는 부서" })).toContainText("다라팀");
  await expect(page.getByText("소속이 바뀌는 사람이 1명이에요.")).toBeVisible();
  await expect(tree.getByRole("button", { name: /^가나팀.*2명/ })).toBeVisible();
  await expect(tree.getByRole("button", { name: /^다라팀/ })).toHaveCount(0);
  // Nothing has happened yet.
  expect(await database.count("SELECT 1 FROM department WHERE code = 'E2E-DARA' AND closed_on IS NULL", [])).toBe(1);
  await page.getByRole("textbox", { name: "개편 이름" }).fill("가나팀으로 합치기");
  await apply();
  const there = `SELECT 1 FROM person_card WHERE name = '채다라' AND department = '가나팀'`;
  expect(await database.count(there, [])).toBe(1);
  await page.goto("/admin/organisation");
  await expect(page.getByRole("link", { name: /가나팀으로 합치기.*적용함/ })).toBeVisible();
});

test("a person leaves: what will happen is told before, and her session ends within five seconds", async ({ open, database }) => {
  await setRole(database, "minho.cha", "member");
  const personId = await personIdOf(database, "minho.cha");
  const leaver = await open("minho.cha");
  await leaver.page.goto("/boards");
  await whenAlive(leaver.page);
  const me = () => leaver.context.request.get(`${stage.url()}/api/trpc/identity.me`).then((answer) => answer.status());
  expect(await me()).toBe(200);

  const { page } = await open("admin");
  await page.goto("/admin/people");
  await whenAlive(page);
  await page.getByRole("searchbox", { name: "이름 또는 사번" }).fill("ㅊㅁㅎ");
  await expect(page.getByRole("list", { name: "구성원 관리" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: /차민호/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /차민호/ })).toBeVisible();
  await page.getByRole("textbox", { name: "휴대전화" }).fill("010-1234-5678");
  await page.getByRole("button", { name: "저장", exact: true }).click();
  await expect(page.getByText("저장했어요")).toBeVisible();

  await page.getByRole("button", { name: "퇴직 처리" }).click();
  const dialog = page.getByRole("dialog", { name: /차민호.* 퇴직/ });
  await expect(dialog.getByText("계정을 쓸 수 없게 돼요.")).toBeVisible();
  await expect(dialog.getByText("로그인한 기기 1대가 바로 로그아웃돼요.")).toBeVisible();
  await expect(dialog.getByText("조직도와 사람 찾기에서 빠져요.")).toBeVisible();
  await expectAccessible(page, "what will happen when somebody leaves");
  await expect(dialog.getByRole("button", { name: "퇴직", exact: true })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "위 내용을 확인했어요" }).check();
  await dialog.getByRole("button", { name: "퇴직", exact: true }).click();
  await expect(page.getByText("퇴직을 처리했어요")).toBeVisible();
  await expect(leaver.page).toHaveURL(/\/sign-in/, { timeout: 5_000 });
  await expect.poll(me, { timeout: 5_000 }).toBe(401);
  await expect(page.getByRole("list", { name: "인사 변동 이력" })).toContainText("처리함");

  // She comes back, on a day: until then it can be taken back.
  await page.getByRole("button", { name: "복직 처리" }).click();
  const back = page.getByRole("dialog", { name: /차민호.* 복직/ });
  await back.getByLabel("복직일").fill("2099-01-04");
  await back.getByRole("checkbox", { name: "위 내용을 확인했어요" }).check();
  await back.getByRole("button", { name: "복직", exact: true }).click();
  await expect(page.getByText("예약했어요")).toBeVisible();
  await page.getByRole("button", { name: "2099-01-04 복직 예약 취소" }).click();
  await expect(page.getByText("예약을 취소했어요")).toBeVisible();
  expect(await database.count("SELECT 1 FROM person WHERE id = $1 AND state = 'RESIGNED'", [personId])).toBe(1);
});

test("somebody is taken in, with a field that is refused first", async ({ open }) => {
  const { page } = await open("admin");
  await page.goto("/admin/people/new");
  await whenAlive(page);
  await page.getByRole("button", { name: "입사 처리" }).click();
  await expect(page.getByText("이름을 적어 주세요.")).toBeVisible();
  await page.getByRole("textbox", { name: "이름", exact: true }).fill("추새롬");
  await page.getByRole("textbox", { name: "메일 주소" }).fill("not a mail");
  await page.getByRole("combobox", { name: "소속 1 부서" }).fill("인사팀");
  await page
    .getByRole("option", { name: /인사팀$/ })
    .first()
    .click();
  await page.getByRole("button", { name: "입사 처리" }).click();
  await expect(page.getByText("형식을 확인해 주세요.")).toBeVisible();
  await page.getByRole("textbox", { name: "메일 주소" }).fill("saerom.chu@maru.example");
  await page.getByRole("button", { name: "입사 처리" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /추새롬/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "입사 처리에서 남은 일" })).toContainText("계정을 만들어야 로그인할 수 있어요.");
});
