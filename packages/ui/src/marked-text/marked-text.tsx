import classes from "./marked-text.module.css";

export type MarkedTextProps = {
  readonly text: string;
  /** Parts from one index to before another, in order and without overlaps. What lies outside of the text marks nothing. */
  readonly ranges: readonly (readonly [number, number])[];
};

/** A text with the parts marked that were asked for. */
export function MarkedText({ text, ranges }: MarkedTextProps) {
  const ends = [0, ...ranges.map(([, end]) => end)];
  return (
    <>
      {ranges.map(([start, end], index) => (
        <span key={start}>
          {text.slice(ends[index], start)}
          {end > start && start < text.length ? <mark className={classes.mark}>{text.slice(start, end)}</mark> : null}
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
}
