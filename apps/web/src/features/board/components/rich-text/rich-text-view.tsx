import { Fragment, type ReactNode } from "react";
import type { RichText, RichTextMark, RichTextNode } from "./document";
import { toLinkAddress } from "./link-address";
import classes from "./rich-text.module.css";

export type PictureAttributes = { fileId: string; alt: string; width: number | null; height: number | null };

type RichTextViewProps = {
  readonly document: RichText;
  /** How a picture of the document stands: the reader's page knows its files, a comparison shows a frame only. */
  readonly renderPicture: (picture: PictureAttributes) => ReactNode;
  /** The name of a part that scrolls by itself (table, code), for those who cannot see it. */
  readonly scrollLabel: string;
  readonly size?: "reading" | "work";
};

type Surroundings = Pick<RichTextViewProps, "renderPicture" | "scrollLabel">;
type NodeRenderer = (node: RichTextNode, surroundings: Surroundings, depth: number) => ReactNode;

const MAX_DEPTH = 24;
/** What scrolls by itself must be reachable by those who scroll with keys. */
const SCROLLS = { tabIndex: 0 };

const toCount = (value: unknown, max: number): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value > 1 && value <= max ? value : undefined;

const toPixels = (value: unknown): number | null => (typeof value === "number" && value >= 1 && value <= 20_000 ? Math.round(value) : null);

const cellProps = (node: RichTextNode) => {
  const widths = Array.isArray(node.attrs?.colwidth) ? node.attrs.colwidth.map(toPixels) : [];
  const width = widths.length > 0 && widths.every((each) => each !== null) ? widths.reduce((sum, each) => sum + (each ?? 0), 0) : undefined;
  return {
    colSpan: toCount(node.attrs?.colspan, 100),
    rowSpan: toCount(node.attrs?.rowspan, 1_000),
    style: width ? { minWidth: width } : undefined,
  };
};

/** A post's title is the page's first heading, so those of its text begin one step below. */
const HEADINGS = { 1: "h2", 2: "h3", 3: "h4" } as const;
const LIST_TYPES = ["1", "a", "A", "i", "I"] as const;

const renderHeading: NodeRenderer = (node, surroundings, depth) => {
  const level = node.attrs?.level === 1 || node.attrs?.level === 2 ? node.attrs.level : 3;
  const Heading = HEADINGS[level];
  return <Heading data-level={level}>{renderChildren(node, surroundings, depth)}</Heading>;
};

const renderPicture: NodeRenderer = (node, surroundings) => {
  const { fileId, alt, width, height } = node.attrs ?? {};
  if (typeof fileId !== "string" || !/^[0-9a-f-]{36}$/i.test(fileId)) return null;
  return surroundings.renderPicture({ fileId, alt: typeof alt === "string" ? alt : "", width: toPixels(width), height: toPixels(height) });
};

const wrap =
  (Tag: "p" | "ul" | "li" | "blockquote" | "tr"): NodeRenderer =>
  (node, surroundings, depth) => <Tag>{renderChildren(node, surroundings, depth)}</Tag>;

// The allow-list: a node that is not named here leaves no trace, whatever it carries.
const NODES: Readonly<Record<string, NodeRenderer>> = {
  paragraph: wrap("p"),
  bulletList: wrap("ul"),
  listItem: wrap("li"),
  blockquote: wrap("blockquote"),
  tableRow: wrap("tr"),
  heading: renderHeading,
  image: renderPicture,
  orderedList: (node, surroundings, depth) => (
    <ol start={toCount(node.attrs?.start, 1_000_000)} type={LIST_TYPES.find((type) => type === node.attrs?.type)}>
      {renderChildren(node, surroundings, depth)}
    </ol>
  ),
  codeBlock: (node, surroundings, depth) => (
    <pre {...SCROLLS}>
      <code>{renderChildren(node, surroundings, depth)}</code>
    </pre>
  ),
  table: (node, surroundings, depth) => (
    <section className={classes.tableScroll} {...SCROLLS} aria-label={surroundings.scrollLabel}>
      <table>
        <tbody>{renderChildren(node, surroundings, depth)}</tbody>
      </table>
    </section>
  ),
  tableCell: (node, surroundings, depth) => <td {...cellProps(node)}>{renderChildren(node, surroundings, depth)}</td>,
  tableHeader: (node, surroundings, depth) => <th {...cellProps(node)}>{renderChildren(node, surroundings, depth)}</th>,
  horizontalRule: () => <hr />,
  hardBreak: () => <br />,
  mention: (node) => (typeof node.attrs?.label === "string" ? <span className={classes.mention}>@{node.attrs.label}</span> : null),
  text: (node) => renderMarks(node),
};

const MARKS: Readonly<Record<string, (inner: ReactNode) => ReactNode>> = {
  bold: (inner) => <strong>{inner}</strong>,
  italic: (inner) => <em>{inner}</em>,
  underline: (inner) => <u>{inner}</u>,
  strike: (inner) => <s>{inner}</s>,
  code: (inner) => <code>{inner}</code>,
};

const isRenderer = <T,>(table: Readonly<Record<string, T>>, name: unknown): T | undefined =>
  typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;

const renderMarks = (node: RichTextNode): ReactNode => {
  if (typeof node.text !== "string") return null;
  const marks = Array.isArray(node.marks) ? node.marks : [];
  return marks.reduceRight<ReactNode>((inner, mark: RichTextMark) => isRenderer(MARKS, mark?.type)?.(inner) ?? inner, node.text);
};

const linkOf = (node: RichTextNode) => {
  const mark = Array.isArray(node?.marks) ? node.marks.find((each) => each?.type === "link") : undefined;
  return mark ? toLinkAddress(mark.attrs?.href) : null;
};

/** Neighbours with the same address become one link: a bold word inside a link does not cut it into three. */
const joinLinks = (nodes: RichTextNode[]) => {
  const runs: { link: ReturnType<typeof linkOf>; nodes: RichTextNode[] }[] = [];
  for (const node of nodes) {
    const link = linkOf(node);
    const last = runs.at(-1);
    if (last && last.link?.href === link?.href) last.nodes.push(node);
    else runs.push({ link, nodes: [node] });
  }
  return runs;
};

const renderNodes = (nodes: RichTextNode[], surroundings: Surroundings, depth: number): ReactNode =>
  // The nodes of a stored document have no identity of their own and never change places: their position is their key.
  nodes.map((node, position) => <Fragment key={position}>{isRenderer(NODES, node?.type)?.(node, surroundings, depth) ?? null}</Fragment>);

const renderChildren = (node: RichTextNode, surroundings: Surroundings, depth: number): ReactNode => {
  if (depth >= MAX_DEPTH || !Array.isArray(node.content)) return null;
  return joinLinks(node.content).map((run, position) =>
    run.link ? (
      <a key={position} href={run.link.href} {...(run.link.isExternal ? { target: "_blank", rel: "noopener noreferrer nofollow" } : {})}>
        {renderNodes(run.nodes, surroundings, depth + 1)}
      </a>
    ) : (
      <Fragment key={position}>{renderNodes(run.nodes, surroundings, depth + 1)}</Fragment>
    ),
  );
};

/**
 * A stored document as React elements, node by node from an allow-list. No string of the document ever becomes HTML, and nothing of it
 * chooses an element or an attribute that is not written here.
 */
export const RichTextView = ({ document, size = "reading", ...surroundings }: RichTextViewProps) => (
  <div className={classes.richText} data-size={size}>
    {renderChildren(document, surroundings, 0)}
  </div>
);
