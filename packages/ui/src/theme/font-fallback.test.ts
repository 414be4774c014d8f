import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./font-fallback.css", import.meta.url), "utf8");
const faces = [...css.matchAll(/@font-face \{([^}]+)\}/g)].map(([, body = ""]) => {
  const descriptor = (name: string) => new RegExp(`${name}: ([^;]+);`).exec(body)?.[1];
  const percent = (name: string, otherwise: number) => (descriptor(name) ? Number.parseFloat(descriptor(name) ?? "") : otherwise);
  return {
    family: descriptor("font-family"),
    weight: descriptor("font-weight"),
    range: descriptor("unicode-range"),
    lineGap: descriptor("line-gap-override"),
    ascent: (percent("ascent-override", Number.NaN) * percent("size-adjust", 100)) / 100,
    descent: (percent("descent-override", Number.NaN) * percent("size-adjust", 100)) / 100,
  };
});

test("every face ends at Pretendard's ascent and descent, whatever its own size", () => {
  expect(faces).toHaveLength(10);
  for (const face of faces) {
    expect(face.ascent).toBeCloseTo((1950 / 2048) * 100, 1);
    expect(face.descent).toBeCloseTo((494 / 2048) * 100, 1);
    expect(face.lineGap).toBe("0%");
  }
});

test("each character range has a regular and a bold face of the same two weight ranges", () => {
  const composite = faces.filter((face) => face.family === '"Maru Fallback"');
  const rangesOf = (weight: string) => composite.filter((face) => face.weight === weight).map((face) => face.range);
  expect(rangesOf("100 549")).toHaveLength(4);
  expect(rangesOf("550 900")).toEqual(rangesOf("100 549"));
  expect(composite).toHaveLength(8);
});
