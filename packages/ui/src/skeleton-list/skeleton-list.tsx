import classes from "./skeleton-list.module.css";

export type SkeletonListProps = {
  /** "rows" takes the room of table rows, "cards" of posts or people with an avatar. */
  readonly shape: "rows" | "cards";
  readonly count?: number;
  /** What a screen reader hears: "불러오는 중". */
  readonly label: string;
};

/** Widths repeat in this order: lines of text differ, yet the server and the browser draw the same. */
const titleWidths = ["62%", "48%", "71%", "55%", "66%", "42%", "58%"];

/** The shape of what is coming, in the room it will take, so that nothing moves when it arrives. */
export function SkeletonList({ shape, count = 8, label }: SkeletonListProps) {
  return (
    <div className={classes.list} data-shape={shape} role="status" aria-busy="true" aria-label={label}>
      {Array.from({ length: count }, (_, index) => {
        const width = titleWidths[index % titleWidths.length];
        // The index is a sound key here: bones have no identity and never change their order.
        return shape === "rows" ? <SkeletonRow key={index} width={width} /> : <SkeletonCard key={index} width={width} />;
      })}
    </div>
  );
}

function SkeletonRow({ width }: { readonly width: string | undefined }) {
  return (
    <div className={classes.row} aria-hidden>
      <span className={classes.cell}>
        <span className={classes.bone} style={{ inlineSize: width }} />
      </span>
      <span className={classes.bone} data-part="name" />
      <span className={classes.bone} data-part="date" />
    </div>
  );
}

function SkeletonCard({ width }: { readonly width: string | undefined }) {
  return (
    <div className={classes.card} aria-hidden>
      <span className={classes.bone} data-part="avatar" />
      <span className={classes.lines}>
        <span className={classes.bone} style={{ inlineSize: width }} />
        <span className={classes.bone} data-part="caption" />
      </span>
    </div>
  );
}
