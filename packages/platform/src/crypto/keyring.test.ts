import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createKeyring, newKey, openKeyring, parseKeys, UnreadableSecret } from "./keyring";

const ringOf = (...keys: string[]) => {
  const parsed = parseKeys(keys.join(","));
  if (!parsed) throw new Error("no keys");
  return createKeyring(() => parsed);
};
const [first, second] = [newKey(), newKey()];
const ring = ringOf(first);
const place = { table: "totp_factor", column: "secret", id: "11111111-1111-7111-8111-111111111111" };
const sealed = ring.seal("비밀", place);

describe("a sealed text", () => {
  it("opens where it stands", () => {
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
    expect(sealed.startsWith(ring.currentPrefix())).toBe(true);
    expect(ring.open(sealed, place)).toBe("비밀");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => ring.open(ring.seal(text, place), place) === Buffer.from(text).toString()),
    );
  });

  it("is another one each time", () => expect(ring.seal("비밀", place)).not.toBe(sealed));

  it.each([
    ["another row", { ...place, id: "22222222-2222-7222-8222-222222222222" }],
    ["another column", { ...place, column: "name" }],
    ["another table", { ...place, table: "passkey" }],
  ])("does not open in %s", (_, elsewhere) => expect(() => ring.open(sealed, elsewhere)).toThrow(UnreadableSecret));

  it("does not open once any of its bytes has changed", () => {
    const parts = sealed.split(".");
    for (const index of parts.keys()) {
      const bytes = Buffer.from(parts[index] ?? "", index < 2 ? "utf8" : "base64url");
      for (const at of bytes.keys()) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const text = parts.with(index, changed.toString(index < 2 ? "utf8" : "base64url")).join(".");
        expect(() => ring.open(text, place)).toThrow(UnreadableSecret);
      }
    }
  });

  it.each(["", "v1", "v1....", `${sealed}.`, sealed.replace("v1", "v2"), sealed.split(".").slice(0, 4).join(".")])("is not %j", (text) =>
    expect(() => ring.open(text, place)).toThrow(UnreadableSecret),
  );

  it("does not open with a tag that was cut short", () => {
    const parts = sealed.split(".");
    expect(() => ring.open(parts.with(3, (parts[3] ?? "").slice(0, 6)).join("."), place)).toThrow(UnreadableSecret);
  });

  it("opens with an old key of the ring, and with no other ring", () => {
    const rotated = ringOf(second, first);
    expect(rotated.open(sealed, place)).toBe("비밀");
    expect(sealed.startsWith(rotated.currentPrefix())).toBe(false);
    expect(() => ringOf(second).open(sealed, place)).toThrow(UnreadableSecret);
    expect(() => ring.open(rotated.seal("비밀", place), place)).toThrow(UnreadableSecret);
  });

  it("tells nothing of its text or key when it does not open", () => {
    const refused = (() => {
      try {
        return ring.open(sealed, { ...place, column: "name" });
      } catch (error) {
        return String(error);
      }
    })();
    for (const secret of ["비밀", sealed, first.split(":")[1] ?? ""]) expect(refused).not.toContain(secret);
  });
});

describe("a list of keys", () => {
  it.each(["", "a", "a:b", `${first},${first}`, `${first},x`, `UPPER:${"a".repeat(43)}`])("is not %j", (text) =>
    expect(parseKeys(text)).toBeNull(),
  );
  it("names the current key first", () =>
    expect(parseKeys(`${first}\n${second}\n`)?.map(({ id }) => id)).toEqual([first, second].map((key) => key.split(":")[0])));
});

describe("the file of keys", () => {
  const folder = mkdtempSync(join(tmpdir(), "maru-keys-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is made once, for us alone, and is the same for every process", () => {
    const [one, other] = [openKeyring(folder, null), openKeyring(folder, null)];
    expect(other.open(one.seal("비밀", place), place)).toBe("비밀");
    expect(readdirSync(folder)).toEqual(["keys"]);
    expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o600);
  });

  it("is read again for a key that another process added", () => {
    const reader = openKeyring(folder, null);
    writeFileSync(join(folder, "keys"), `${second}\n${readFileSync(join(folder, "keys"), "utf8")}`);
    expect(reader.open(openKeyring(folder, null).seal("비밀", place), place)).toBe("비밀");
  });

  it("is left alone where keys are given", () => {
    expect(openKeyring("/nowhere", first).open(sealed, place)).toBe("비밀");
    expect(() => openKeyring("/nowhere", "broken")).toThrow(/MARU_KEYS/);
  });

  it("is not made anew where it holds something else", () => {
    writeFileSync(join(folder, "keys"), "broken");
    expect(() => openKeyring(folder, null)).toThrow(/holds no list of keys/);
  });
});
