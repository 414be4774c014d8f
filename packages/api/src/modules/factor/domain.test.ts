import { describe, expect, it } from "vitest";
import { codeAt } from "../../testing/generators";
import { passkeyNameOf, readCode, recoveryCodeOf, recoveryCodesOf } from "./domain";
import { newGeneratorSecret, showGenerator, stepOf } from "./generator";

describe("a recovery code", () => {
  const code = recoveryCodeOf("0123456789abcdef0123456789abcdef");
  it("is read however it was written down", () => {
    expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const read = { kind: "recovery", code: code.replaceAll("-", "") };
    for (const typed of [code, code.toUpperCase(), code.replaceAll("-", " "), ` ${code.replaceAll("-", "")} `])
      expect(readCode(typed)).toEqual(read);
  });
  it("is one of ten different ones, the same for the same seed", () => {
    const derive = (text: string) => Buffer.from(text.padEnd(64, "x")).toString("hex");
    expect(new Set(recoveryCodesOf(derive, "seed")).size).toBe(10);
    expect(recoveryCodesOf(derive, "seed")).toEqual(recoveryCodesOf(derive, "seed"));
  });
});

describe("what is typed", () => {
  it.each(["", "12345", "1234567", "abcdef", "abcd-efgh-ijkl-mnop", "０１２３４", "abcd-efgh-jkmn-pqr0"])("is no code: %j", (typed) =>
    expect(readCode(typed)).toBeNull(),
  );
  it("is a generator's code in any width", () => expect(readCode("１２３ 456")).toEqual({ kind: "totp", code: "123456" }));
});

describe("a generator", () => {
  const secret = newGeneratorSecret();
  const now = new Date("2026-11-21T10:00:10Z");
  const step = Math.floor(now.getTime() / 30_000);
  it.each([-2, -1, 0, 1, 2])("takes the code of %i steps away within one", (away) => {
    const code = codeAt(secret, new Date(now.getTime() + away * 30_000));
    expect(stepOf(secret, code, now)).toBe(Math.abs(away) > 1 ? null : step + away);
  });
  it("agrees with RFC 6238", () => expect(stepOf("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", new Date(59_000))).toBe(1));
  it("is shown as a picture of what it says", () => {
    const { uri, picture } = showGenerator(secret, "홍길동");
    expect(uri).toBe(`otpauth://totp/Maru:${encodeURIComponent("홍길동")}?issuer=Maru&secret=${secret}&algorithm=SHA1&digits=6&period=30`);
    expect(picture.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  });
});

describe("passkeys are bound to", () => {
  it.each([
    ["https://maru.example.com", "maru.example.com"],
    ["http://localhost:3000", "localhost"],
    ["http://127.0.0.1:3000", null],
    ["https://10.0.0.7", null],
    ["https://[::1]", null],
    ["http://maru.example.com", null],
  ])("%s: %s", (origin, name) => expect(passkeyNameOf(origin)).toBe(name));
});
