import { IconBolt } from "@tabler/icons-react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { StatusBadge, type StatusTone } from "./status-badge";

const tones: readonly StatusTone[] = ["neutral", "progress", "done", "caution", "wrong"];

test("each tone has its own sign beside the word: colour never stands alone", () => {
  const drawn = tones.map((tone) => renderToStaticMarkup(<StatusBadge tone={tone} label="상태" />));
  const signs = drawn.map((html) => /<svg.*<\/svg>/.exec(html)?.[0]);
  expect(new Set(signs).size).toBe(tones.length);
  for (const html of drawn) expect(html).toMatch(/<\/svg>상태<\/span>$/);
});

test("a sign of its own replaces the tone's", () => {
  const html = renderToStaticMarkup(<StatusBadge tone="wrong" label="긴급" icon={IconBolt} />);
  expect(html).toContain("tabler-icon-bolt");
  expect(html).not.toContain("tabler-icon-circle-x");
});
