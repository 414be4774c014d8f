import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Logo } from "./logo";
import { logoSvg } from "./logo-svg";

test("the mark is four boards, silent beside a name and named alone", () => {
  const beside = renderToStaticMarkup(<Logo name="마루" />);
  expect(beside.match(/<path /g)).toHaveLength(4);
  expect(beside).toContain('aria-hidden="true"');
  expect(beside).toContain(">마루</span>");
  expect(renderToStaticMarkup(<Logo label="마루" />)).toContain('role="img" aria-label="마루"');
});

test("the file for favicons is the same picture as the string", () => {
  const file = readFileSync(new URL("./logo.svg", import.meta.url), "utf8");
  expect(file.trim()).toBe(logoSvg);
  expect(logoSvg).not.toMatch(/script|href|style=/);
});
