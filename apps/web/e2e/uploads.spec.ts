import type { Page } from "@playwright/test";
import { writeHollowFile } from "./stage/pictures";
import { expect, test } from "./stage/test";

const MEGABYTE = 1024 * 1024;
const DRAWING = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

type Chosen = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

const choose = async (page: Page, file: Chosen): Promise<void> => {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "파일 선택" }).click();
  await (await chooser).setFiles(file);
};

test("each file that cannot be taken says why, and the post can still be written", async ({ open, database }, testInfo) => {
  const { page } = await open("hyeran.jeon");
  await page.goto("/boards/free/new");
  await page.getByRole("textbox", { name: "제목", exact: true }).fill("첨부 시험");
  const large = testInfo.outputPath("너무 큰 자료.zip");
  await writeHollowFile(large, 101 * MEGABYTE);
  const page1 = Buffer.from("<!doctype html><script>window.__maruXss = 1</script>");
  const refusals: readonly [Chosen, string, string][] = [
    [large, "너무 큰 자료.zip", "파일이 너무 커요. 100MB까지 올릴 수 있어요. 나누거나 압축해서 올려 주세요."],
    [{ name: "빈 문서.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) }, "빈 문서.pdf", "빈 파일이에요."],
    [{ name: "사진.png", mimeType: "image/png", buffer: page1 }, "사진.png", "파일 이름과 내용이 달라요."],
    [{ name: "설치.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") }, "설치.exe", "올릴 수 없는 형식이에요."],
  ];
  const list = page.getByRole("list", { name: "올리는 파일" });
  for (const [file, name, sentence] of refusals) {
    await choose(page, file);
    await expect(list.getByRole("listitem").filter({ hasText: name })).toContainText(sentence);
  }

  await page.getByRole("textbox", { name: "본문" }).fill("내용");
  await page.getByRole("button", { name: "게시", exact: true }).click();
  await expect(page.getByText("올리지 못한 파일이 있어요. 다시 올리거나 빼 주세요.")).toBeVisible();
  for (const [, name] of refusals) await list.getByRole("button", { name: `빼기: ${name}` }).click();
  await page.getByRole("button", { name: "게시", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "첨부 시험" })).toBeVisible();
  const stored = "SELECT 1 FROM file f JOIN account a ON a.person_id = f.owner_id WHERE a.username = 'hyeran.jeon'";
  expect(await database.count(stored)).toBe(0);
});

test("a web page that calls itself a picture is refused where it was dropped too", async ({ open }) => {
  const { page } = await open("dongmin.kwak");
  await page.goto("/boards/free/new");
  const body = page.getByRole("textbox", { name: "본문" });
  await body.click();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["<!doctype html><h1>no picture</h1>"], "그림.png", { type: "image/png" }));
    return data;
  });
  await body.dispatchEvent("drop", { dataTransfer: transfer });
  await expect(page.getByRole("list", { name: "올리는 파일" })).toContainText("파일 이름과 내용이 달라요.");
  await expect(body.locator("figure")).toHaveCount(0);
});

test("a drawing with script is handed out, and never shown", async ({ open }) => {
  const { page } = await open("jiwoo.park");
  await page.goto("/boards/free/new");
  await page.getByRole("textbox", { name: "제목", exact: true }).fill("도면");
  await choose(page, { name: "도면.svg", mimeType: "image/svg+xml", buffer: Buffer.from(DRAWING) });
  const link = page.getByRole("link", { name: /도면\.svg/ });
  await expect(link).toBeVisible();
  await page.getByRole("button", { name: "게시", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "도면" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("img", { name: /도면/ })).toHaveCount(0);
  const answer = await page.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
  expect(answer.headers()["content-security-policy"]).toContain("sandbox");
  expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
});
