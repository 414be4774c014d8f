import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { contrastRatio } from "../theme/contrast";
import { tokens } from "../theme/tokens";
import { avatarColor, avatarColors, avatarLetters } from "./avatar-face";
import { PersonAvatar } from "./person-avatar";

describe("avatarLetters", () => {
  test.each([
    ["홍길동", "길동"],
    ["홍길동".normalize("NFD"), "길동"],
    ["이산", "이산"],
    ["김", "김"],
    ["남궁민수", "민수"],
    ["남궁민", "민"],
    ["김하늘빛나", "빛나"],
    ["김영희2", "영희"],
    ["박민수 (외주)", "민수"],
    ["Hong Gildong", "HG"],
    ["anna maria van dijk", "AD"],
    ["Maru", "MA"],
    ["王小明", "小明"],
    ["さくら", "くら"],
    ["  ", "?"],
    ["🙂", "?"],
  ])("%s -> %s", (name, letters) => {
    expect(avatarLetters(name)).toBe(letters);
  });
});

describe("avatarColor", () => {
  test("is the same for an id at any time", () => {
    expect(avatarColor("0193b4d2-7a3e-7c10-9d5e-1f2a3b4c5d6e")).toBe(avatarColor("0193b4d2-7a3e-7c10-9d5e-1f2a3b4c5d6e"));
    // Pinned: people would notice if a new version gave everybody another colour.
    expect(["hong", "kim", "admin"].map(avatarColor)).toEqual(["#3a6b42", "#3d5a9e", "#8a4468"]);
  });

  test("spreads neighbouring ids over the whole family", () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 1200; index += 1) {
      const color = avatarColor(`0193b4d2-7a3e-7c10-9d5e-${index.toString(16).padStart(12, "0")}`);
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    expect(counts.size).toBe(avatarColors.length);
    expect(Math.max(...counts.values())).toBeLessThan(200);
  });

  test.each([...avatarColors, "#6b6d70"])("white letters are readable on %s, and it parts from both grounds", (color) => {
    expect(contrastRatio("#ffffff", color)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(tokens.dark.paper, color)).toBeGreaterThanOrEqual(2.5);
  });
});

describe("PersonAvatar", () => {
  test("shows the photo in the room of the letters", () => {
    const html = renderToStaticMarkup(<PersonAvatar person={{ id: "p1", name: "홍길동", photoUrl: "/photo.webp" }} size={40} />);
    expect(html).toContain('src="/photo.webp"');
    expect(html).toContain('width="40" height="40"');
    expect(html).not.toContain("길동");
  });

  test("is silent beside a name and speaks when it stands alone", () => {
    const person = { id: "p1", name: "홍길동" };
    expect(renderToStaticMarkup(<PersonAvatar person={person} />)).toContain('aria-hidden="true"');
    const alone = renderToStaticMarkup(<PersonAvatar person={person} label="홍길동 과장" />);
    expect(alone).toContain('role="img" aria-label="홍길동 과장"');
    expect(alone).not.toContain("aria-hidden");
  });
});
