import { describe, expect, it } from "vitest";
import { chooseLocale, localeOfHeader } from "./locale";

describe("localeOfHeader", () => {
  it.each([
    ["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"],
    ["en-US,en;q=0.9,ko;q=0.8", "en"],
    ["fr-FR, de;q=0.9, en;q=0.1", "en"],
    ["en;q=0.2, ko;q=0.3", "ko"],
    ["ko;q=0, en", "en"],
    ["fr", null],
    ["", null],
    [null, null],
    [";;;q=,,=", null],
  ])("%s -> %s", (header, expected) => expect(localeOfHeader(header)).toBe(expected));
});

describe("chooseLocale", () => {
  it("hears the account first, then the browser's choice, then its language", () => {
    expect(chooseLocale({ account: "en", cookie: "ko", header: "ko" })).toBe("en");
    expect(chooseLocale({ account: null, cookie: "en", header: "ko" })).toBe("en");
    expect(chooseLocale({ cookie: null, header: "en-GB" })).toBe("en");
  });

  it("falls back to Korean on what it does not know", () => {
    expect(chooseLocale({ account: "fr", cookie: "../../etc", header: "xx" })).toBe("ko");
    expect(chooseLocale({})).toBe("ko");
  });
});
