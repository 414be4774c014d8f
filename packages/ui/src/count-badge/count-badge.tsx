import classes from "./count-badge.module.css";

export type CountBadgeProps = {
  readonly count: number;
  /** The sentence for screen readers: "읽지 않은 알림 3개". Without it the number is read as it stands. */
  readonly label?: string;
  /** "todo" waits for the person; "quiet" only counts. */
  readonly tone?: "todo" | "quiet";
  /** Above it stands `99+`. */
  readonly max?: number;
};

/** A number on a bell or a menu entry. Nothing to do shows nothing. */
export function CountBadge({ count, label, tone = "todo", max = 99 }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span className={classes.badge} data-tone={tone}>
      <span aria-hidden={label ? true : undefined}>{count > max ? `${max}+` : count}</span>
      {label ? <span className={classes.label}>{label}</span> : null}
    </span>
  );
}
