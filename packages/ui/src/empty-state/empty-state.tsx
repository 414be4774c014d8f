import { type Icon, IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { StateMessage, type StateMessageProps } from "../state-message/state-message";
import classes from "../state-message/state-text.module.css";

export type EmptyStateProps = Pick<StateMessageProps, "headingLevel" | "room"> & {
  readonly icon?: Icon;
  readonly title: string;
  /** What belongs here. */
  readonly description?: ReactNode;
  /** The first step. */
  readonly action?: ReactNode;
};

/** Nothing is here yet: says what belongs here and offers the first step. */
export function EmptyState({ icon = IconInbox, title, description, action, ...rest }: EmptyStateProps) {
  return (
    <StateMessage icon={icon} tone="quiet" title={title} {...rest}>
      {description ? <p className={classes.text}>{description}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </StateMessage>
  );
}
