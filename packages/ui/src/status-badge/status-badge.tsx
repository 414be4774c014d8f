import { type Icon, IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, IconProgress } from "@tabler/icons-react";
import classes from "./status-badge.module.css";

export type StatusTone = "neutral" | "progress" | "done" | "caution" | "wrong";

/** A sign for each tone, so that colour never stands alone. */
const toneIcons: Readonly<Record<StatusTone, Icon>> = {
  neutral: IconCircleDashed,
  progress: IconProgress,
  done: IconCircleCheck,
  caution: IconAlertTriangle,
  wrong: IconCircleX,
};

export type StatusBadgeProps = {
  readonly tone: StatusTone;
  /** The word: 진행, 완료, 반려. */
  readonly label: string;
  /** A sign that says more than the tone's own. */
  readonly icon?: Icon;
  /** "plain" leaves the ground away: for columns, where a box in every row would shout. */
  readonly variant?: "soft" | "plain";
};

/** A state in three ways at once: sign, word and colour. */
export function StatusBadge({ tone, label, icon, variant = "soft" }: StatusBadgeProps) {
  const Sign = icon ?? toneIcons[tone];
  return (
    <span className={classes.badge} data-tone={tone} data-variant={variant}>
      <Sign size={14} stroke={1.75} aria-hidden />
      {label}
    </span>
  );
}
