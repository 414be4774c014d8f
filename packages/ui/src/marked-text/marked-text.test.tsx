import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MarkedText, type MarkedTextProps } from "./marked-text";

const plain = (props: MarkedTextProps) => renderToStaticMarkup(<MarkedText {...props} />).replace(/<(\/?)(\w+)[^>]*>/g, "<$1$2>");
const marked = (props: MarkedTextProps) => plain(props).replace(/<\/?span>/g, "");

test.each<[string, MarkedTextProps["ranges"], string]>([
  ["홍길동", [], "홍길동"],
  ["홍길동", [[0, 1]], "<mark>홍</mark>길동"],
  ["홍길동", [[1, 2]], "홍<mark>길</mark>동"],
  [
    "홍길동 과장",
    [
      [0, 1],
      [2, 3],
    ],
    "<mark>홍</mark>길<mark>동</mark> 과장",
  ],
  ["홍", [[3, 5]], "홍"],
  ["<b>홍</b>", [[0, 3]], "<mark>&lt;b&gt;</mark>홍&lt;/b&gt;"],
])("%s with %j", (text, ranges, expected) => expect(marked({ text, ranges })).toBe(expected));
