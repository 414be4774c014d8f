import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sourceMapping } from "./contract";
import { itemOf } from "./desired";
import { type ChangedPhoto, differs, planPhotos, type StandingPhoto } from "./plan-photos";
import { scopeOf } from "./queries";

const standing = (changes: Partial<StandingPhoto> = {}): StandingPhoto => ({
  ...{ personId: "person", name: "홍길동", hasPhoto: true, isOwn: false, hash: "a" },
  ...changes,
});

describe("a photo of the directory", () => {
  it.each([
    ["of somebody who is new", "a", undefined, true],
    ["that is none, of somebody who is new", null, undefined, false],
    ["for somebody who has none", "a", standing({ hasPhoto: false, hash: null }), true],
    ["that is the same", "a", standing(), false],
    ["that is another one", "b", standing(), true],
    ["that is gone", null, standing(), true],
    ["that is gone, of somebody who has none", null, standing({ hasPhoto: false, hash: null }), false],
    ["beside one of her own", "b", standing({ isOwn: true, hash: null }), false],
    ["that is gone beside one of her own", null, standing({ isOwn: true, hash: null }), false],
    ["that she has taken away", "a", standing({ hasPhoto: false }), false],
    ["that is another one than she has taken away", "b", standing({ hasPhoto: false }), true],
    ["that is gone after she has taken it away", null, standing({ hasPhoto: false }), false],
  ])("%s", (_what, hash, known, expected) => expect(differs(hash, known)).toBe(expected));

  it("is planned for those who are here and for those who come, and for nobody else", () => {
    const photo = (externalId: string, person: ChangedPhoto["person"]): ChangedPhoto => ({
      ...{ externalId, dn: `cn=${externalId}`, person, before: null, after: "hash" },
    });
    const coming = (externalId: string, status: "PLANNED" | "CONFLICT") =>
      itemOf({ target: "PERSON", action: "CREATE", externalId, label: `이름 ${externalId}`, status });
    const photos = [photo("here", { id: "person", name: "홍길동" }), photo("new", null), photo("refused", null), photo("disabled", null)];
    const items = planPhotos(photos, [coming("new", "PLANNED"), coming("refused", "CONFLICT")]);
    expect(items.map(({ label, personId }) => [label, personId])).toEqual([
      ["홍길동", "person"],
      ["이름 new", null],
    ]);
    expect(items[0]).toMatchObject({ target: "PHOTO", action: "UPDATE", dn: "cn=here", before: { photo: null }, after: { photo: "hash" } });
  });
});

describe("the scope of a source", () => {
  const source = (mapping: unknown) =>
    ({ kind: "AD", url: "ldaps://dc1", baseDn: "dc=corp", filter: "(a=*)", mapping, rootDepartmentId: null }) as Parameters<
      typeof scopeOf
    >[0];

  it("stays what it was before photos were known, and changes once they are read", () => {
    const before = { attributes: { username: "uid" } };
    const { attributes, ...rest } = sourceMapping.parse(before);
    const { photo: _photo, ...others } = attributes;
    const read = { attributes: others, ...rest };
    const former = createHash("sha256").update(JSON.stringify(["AD", "ldaps://dc1", "dc=corp", "(a=*)", read, null]));
    expect(scopeOf(source(before))).toBe(former.digest("base64url"));
    expect(scopeOf(source({ attributes: { username: "uid", photo: null } }))).toBe(scopeOf(source(before)));
    expect(scopeOf(source({ attributes: { username: "uid", photo: "jpegPhoto" } }))).not.toBe(scopeOf(source(before)));
  });
});
