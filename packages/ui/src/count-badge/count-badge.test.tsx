import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CountBadge } from "./count-badge";

test("nothing to do shows nothing", () => {
  expect(renderToStaticMarkup(<CountBadge count={0} />)).toBe("");
  expect(renderToStaticMarkup(<CountBadge count={-1} />)).toBe("");
});

test("many are 99+, and the sentence replaces the number for screen readers", () => {
  expect(renderToStaticMarkup(<CountBadge count={99} />)).toContain(">99<");
  const many = renderToStaticMarkup(<CountBadge count={120} label="읽지 않은 알림 120개" />);
  expect(many).toContain('<span aria-hidden="true">99+</span>');
  expect(many).toContain("읽지 않은 알림 120개");
});
