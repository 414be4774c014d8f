import { findRichTextFault, plainText, type RichTextNode, richText } from "@maru/platform/rich-text";
import fc from "fast-check";
import { expect, it } from "vitest";
import { atDepth, seed } from "./depth";
import { recordFigure } from "./figures";
import { forgery, nodeOf, validDocument } from "./rich-text-documents";

const PROOF = "rich text";
const runs = { seed, numRuns: atDepth({ sample: 500, full: 50_000 }) };

const visit = (node: RichTextNode, look: (node: RichTextNode) => void): void => {
  look(node);
  for (const child of node.content ?? []) visit(child, look);
};

/** The children lists of a document into which a node can be put. */
const placesOf = (document: RichTextNode): RichTextNode[][] => {
  const places: RichTextNode[][] = [];
  visit(document, (node) => {
    if (Array.isArray(node.content)) places.push(node.content);
  });
  return places;
};

it("accepts every document that the editor can make, unchanged, and tells its text", () => {
  let nodes = 0;
  fc.assert(
    fc.property(validDocument, (document) => {
      expect(findRichTextFault(document)).toBeNull();
      // What is stored is what was sent: no key is dropped or added on the way.
      const sent = JSON.stringify(document);
      const stored = richText.parse(JSON.parse(sent));
      expect(JSON.stringify(stored)).toBe(sent);
      const text = plainText(stored).replace(/\s+/g, "");
      visit(document, (node) => {
        nodes += 1;
        if (node.text !== undefined && !text.includes(node.text.replace(/\s+/g, ""))) throw new Error(`${node.text} is not in ${text}`);
      });
    }),
    runs,
  );
  recordFigure(PROOF, "valid documents, all accepted", runs.numRuns);
  recordFigure(PROOF, "nodes in them", nodes);
});

it("accepts none into which a forged node was put, wherever it stands (ASVS 1.2.2, 1.3.1)", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(validDocument, forgery, fc.nat(), fc.nat(), (document, forged, place, position) => {
      const copy = structuredClone(document);
      const places = placesOf(copy);
      const children = places[place % places.length] as RichTextNode[];
      children.splice(position % (children.length + 1), 0, nodeOf(forged) as RichTextNode);
      if (richText.safeParse(copy).success) throw new Error(`accepted a forged ${forged.kind}`);
      kinds.add(forged.kind);
    }),
    runs,
  );
  expect(kinds.size).toBeGreaterThanOrEqual(11);
  recordFigure(PROOF, "forged documents, none accepted", runs.numRuns);
  recordFigure(PROOF, "kinds of forgery", kinds.size);
});

it("accepts nothing that is no document, and no prototype is touched", () => {
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true }),
    fc.json().map((text) => JSON.parse(text) as unknown),
    fc.constantFrom<unknown>(
      JSON.parse('{"type":"doc","__proto__":{"polluted":1}}'),
      JSON.parse('{"type":"doc","attrs":{"__proto__":{"polluted":1}}}'),
      { type: "doc", content: { 0: { type: "paragraph" }, length: 1 } },
      { type: ["doc"] },
      { type: "Doc" },
      "<p>text</p>",
    ),
  );
  fc.assert(
    fc.property(anything, (value) => {
      expect(richText.safeParse(value).success).toBe(false);
    }),
    runs,
  );
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  recordFigure(PROOF, "values that are no document, none accepted", runs.numRuns);
});
