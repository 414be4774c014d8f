import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Photo } from "./photo";

const base = {
  alt: "단체사진",
  width: 1600,
  height: 1200,
  labels: { pending: "사진을 준비하고 있어요", failed: "사진을 불러오지 못했어요" },
};

test("keeps the room of the picture before it arrives", () => {
  const html = renderToStaticMarkup(<Photo {...base} src="/a.webp" placeholder="data:image/png;base64,AAAA" />);
  expect(html).toContain("aspect-ratio:1600 / 1200");
  expect(html).toContain('width="1600" height="1200"');
  expect(html).toContain("data:image/png;base64,AAAA");
  expect(html).toContain('loading="lazy"');
});

test("offers the better sources first, and loads the first picture at once", () => {
  const sources = [{ srcSet: "/a.avif 1x", type: "image/avif" }];
  const html = renderToStaticMarkup(<Photo {...base} src="/a.webp" sources={sources} isFirst />);
  expect(html.indexOf("/a.avif")).toBeLessThan(html.indexOf("<img"));
  expect(html).toContain('loading="eager"');
  expect(html).toContain('fetchPriority="high"');
});

test("says in words that the picture is being made, and asks for no file", () => {
  for (const html of [
    renderToStaticMarkup(<Photo {...base} src={null} />),
    renderToStaticMarkup(<Photo {...base} src="/a.webp" state="pending" />),
  ]) {
    expect(html).toContain("사진을 준비하고 있어요");
    expect(html).not.toContain("<img");
  }
});

test("says in words that it failed, with the picture's name for screen readers", () => {
  const html = renderToStaticMarkup(<Photo {...base} src="/a.webp" state="failed" />);
  expect(html).toContain('aria-label="단체사진: 사진을 불러오지 못했어요"');
  expect(html).not.toContain("<img");
});
