import type { RichTextNode } from "@maru/platform/rich-text";

export type PictureKind = "landscape" | "chart" | "poster" | "floor";
type SketchedPicture = { readonly kind: PictureKind; readonly alt: string };

/** What a sketch can point at while its body is written: people by name, and its own pictures by number. */
export type Scene = {
  /** When the post was published. */
  readonly at: Date;
  mention(name: string): RichTextNode;
  picture(index: number): RichTextNode;
};

/** A post before it has ids and a date. */
export type PostSketch = {
  readonly title: string | ((at: Date) => string);
  /** Where in the demo's half year it stands, from 0 to 1; anywhere when it does not matter. */
  readonly when?: number;
  readonly author: string;
  readonly body: (scene: Scene) => RichTextNode[];
  /** Stand in the body where it says so. */
  readonly pictures?: readonly SketchedPicture[];
  /** Hang below the post as attachments. */
  readonly attachments?: readonly SketchedPicture[];
  readonly isPinned?: boolean;
  /** What colleagues say to it; each used at most once, a reply in the second place. */
  readonly answers: readonly (string | readonly [string, string])[];
};

/** The place of one of a series, in order. */
export const inOrder = (index: number, count: number): number => (index + 0.5) / count;
/** The month as it is said, "11월". */
export const monthOf = (at: Date): string => `${at.getMonth() + 1}월`;
