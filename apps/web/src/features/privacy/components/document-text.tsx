"use client";
import type { ConsentView } from "@maru/api/privacy/contract";
import { useText } from "../hooks/use-text";
import classes from "./privacy.module.css";

/** The text as it was written: plain, with its line breaks. It scrolls by the keyboard too. */
export function DocumentText({ document }: { readonly document: ConsentView }) {
  const { title, body } = useText()(document);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse
    <section className={classes.text} tabIndex={0} aria-label={title}>
      {body}
    </section>
  );
}
