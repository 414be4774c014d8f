import { describe, expect, it } from "vitest";
import { checkPassword, normalisePassword, requirePassword } from "./password-rule";

const owner = { username: "honggd", mail: "gildong.hong@maru.example", hasSecondFactor: false };
const reasonOf = (password: string, changes: Partial<typeof owner> = {}) =>
  checkPassword(normalisePassword(password), { ...owner, ...changes })?.reason ?? "good";

describe("a password alone", () => {
  // ASVS 5.0: 6.2.1, 6.2.5, 6.2.9.
  it.each([
    ["correct horse battery staple", "good"],
    ["노란 우산을 쓴 세 사람이 걷는다", "good"],
    // Everybody can read it on the sign-in page of a demo.
    ["maru-demo-passphrase", "tooCommon"],
    ["14 characters.", "tooShort"],
    ["비밀스러운 우산 열네자", "tooShort"],
    ["x".repeat(257), "tooLong"],
    ["", "tooShort"],
  ])("%j is %s", (password, expected) => expect(reasonOf(password)).toBe(expected));

  // ASVS 5.0: 6.2.4, 6.2.11.
  it.each(
    [
      "aaaaaaaaaaaaaaaa",
      "abcabcabcabcabcabc",
      "123456789012345",
      "qwertyuiopasdfghjkl",
      "1q2w3e4r5t6y7u8i9o0p",
      "passwordpassword1",
      "Password2026!maru",
      "비밀번호비밀번호비밀번호비밀번호",
      "qlalfqjsgh1234567890",
      "honggdhonggd2026!",
      "gildonghong123456",
      "가나다라마바사아자차카타파하",
    ].filter((password) => password.length >= 15),
  )("%j is guessed too soon", (password) => expect(reasonOf(password)).toBe("tooCommon"));

  it("counts characters as people do, whatever the keyboard sends", () => {
    const typed = "노란 우산을 쓴 세 사람이";
    expect(reasonOf(typed.normalize("NFD"))).toBe(reasonOf(typed));
    expect(normalisePassword(typed.normalize("NFD"))).toBe(normalisePassword(typed));
    expect(reasonOf("🌂🌂 열네 자는 짧다 참")).toBe("tooShort");
  });
});

describe("a password beside a second factor", () => {
  it.each([
    ["kd83nqpw", "good"],
    ["kd83nqp", "tooShort"],
    ["password1", "tooCommon"],
    ["hong2026!", "tooCommon"],
  ])("%j is %s", (password, expected) => expect(reasonOf(password, { hasSecondFactor: true })).toBe(expected));
});

it("says in the refusal what it takes", () => {
  expect(() => requirePassword("too short", owner)).toThrowError(
    expect.objectContaining({ code: "identity.passwordTooShort", details: { minimum: 15 } }),
  );
  expect(() => requirePassword("correct horse battery staple", owner)).not.toThrow();
});
