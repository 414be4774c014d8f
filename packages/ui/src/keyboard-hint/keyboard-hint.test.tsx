import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { KeyboardHint } from "./keyboard-hint";

test("the first page names the keys as most keyboards do", () => {
  const html = renderToStaticMarkup(<KeyboardHint keys={["mod", "K"]} />);
  expect(html).toMatch(/<kbd[^>]*>Ctrl<\/kbd><kbd[^>]*>K<\/kbd>/);
});
