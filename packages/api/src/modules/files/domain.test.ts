import { describe, expect, it } from "vitest";
import { ALLOWED_EXTENSIONS, allowedTypeOf, firstState, mayBeShown } from "./allowed-types";
import { MAX_NAME_LENGTH } from "./contract";
import { cleanName, extensionOf, originalKey, variantKey, variantVersion } from "./domain";

const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("cleanName", () => {
  it.each([
    ["회의록.hwp", "회의록.hwp"],
    ["회의록.hwp".normalize("NFD"), "회의록.hwp"],
    ["../../etc/회의록.hwp", "회의록.hwp"],
    ["C:\\Users\\hong\\a.txt", "a.txt"],
    ["a／b＼c.txt", "c.txt"],
    ["a\u202egpj.exe", "agpj.exe"],
    ["a\u0000b\u007fc.txt", "abc.txt"],
    ["  .hidden.txt. . ", "hidden.txt"],
    ["a \t\n b.txt", "a b.txt"],
    ['q"<>|?*:.txt', "q_______.txt"],
    ["nul.txt", "_nul.txt"],
    ["nullable.txt", "nullable.txt"],
    ["가족 👨‍👩‍👧.png", "가족 👨👩👧.png"],
  ])("%j becomes %j", (raw, expected) => {
    expect(cleanName(raw)).toBe(expected);
  });

  it.each(["", ".", "..", " ", "a/..", "/", "\u200b", "\0"])("refuses %j", (raw) => {
    expect(code(() => cleanName(raw))).toBe("files.nameInvalid");
  });

  it("shortens between characters and keeps the extension", () => {
    const name = cleanName(`${"👩‍💻".repeat(500)}.pdf`);
    expect(name.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
    expect(name.endsWith(".pdf")).toBe(true);
    expect(() => encodeURIComponent(name)).not.toThrow();
    expect(cleanName("각".repeat(500))).toBe("각".repeat(MAX_NAME_LENGTH - 1));
  });

  it("gives a clean name back as it is", () => {
    for (const raw of ["회의록 (최종) v2.hwp", "../x.png", "a".repeat(999)]) expect(cleanName(cleanName(raw))).toBe(cleanName(raw));
  });
});

describe("extensions", () => {
  it.each([
    ["a.PNG", "png"],
    ["a.tar.gz", "gz"],
    ["a", ""],
    [".png", ""],
    ["a.", ""],
    ["a.thisisnoextension", ""],
  ])("%s has %j", (name, expected) => {
    expect(extensionOf(name)).toBe(expected);
  });

  it("are allowed by a list, on which nothing stands that a system would run", () => {
    for (const extension of [
      "exe",
      "dll",
      "com",
      "scr",
      "bat",
      "cmd",
      "ps1",
      "vbs",
      "js",
      "mjs",
      "html",
      "htm",
      "hta",
      "jar",
      "apk",
      "msi",
      "lnk",
      "sh",
      "php",
      "url",
      "iso",
    ]) {
      expect(ALLOWED_EXTENSIONS).not.toContain(extension);
      expect(code(() => allowedTypeOf(`a.${extension}`))).toBe("files.typeNotAllowed");
    }
    for (const extension of ["hwp", "hwpx", "docx", "xlsx", "pptx", "pdf", "zip", "egg", "jpg", "txt", "csv", "mp4"])
      expect(ALLOWED_EXTENSIONS).toContain(extension);
    expect(code(() => allowedTypeOf("a.constructor"))).toBe("files.typeNotAllowed");
  });
});

describe("what a browser may show", () => {
  it("is five types, and those only once they were found good", () => {
    for (const mediaType of ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"]) {
      expect(mayBeShown({ mediaType, state: "READY" })).toBe(true);
      for (const state of ["PENDING", "UNSUPPORTED", "QUARANTINED"]) expect(mayBeShown({ mediaType, state })).toBe(false);
    }
    for (const mediaType of ["image/svg+xml", "text/html", "text/plain", "image/tiff", "video/mp4"])
      expect(mayBeShown({ mediaType, state: "READY" })).toBe(false);
  });

  it("waits for the worker where there is something to decode", () => {
    expect(firstState("image/jpeg")).toEqual({ state: "PENDING", reason: null });
    expect(firstState("image/svg+xml")).toEqual({ state: "UNSUPPORTED", reason: "files.noPreview" });
    expect(firstState("application/pdf")).toEqual({ state: "READY", reason: null });
  });
});

describe("keys", () => {
  it("name objects by their content", () => {
    const sha256 = "ab".repeat(32);
    expect(originalKey(sha256)).toBe(`originals/ab/${sha256}`);
    expect(variantKey(sha256, 3, "64")).toBe(`v3/ab/${sha256}/64.webp`);
    expect(variantVersion(sha256, 3)).toBe("3-abababab");
  });
});
