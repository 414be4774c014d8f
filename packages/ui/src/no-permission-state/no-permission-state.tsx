import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { StateMessage, type StateMessageProps } from "../state-message/state-message";
import classes from "../state-message/state-text.module.css";

export type NoPermissionStateProps = Pick<StateMessageProps, "headingLevel" | "room"> & {
  readonly title: string;
  /** Who may grant it, and how to ask. */
  readonly description?: ReactNode;
  readonly action?: ReactNode;
};

/** The person may not see this. It is nobody's fault, so it looks calm, and says whom to ask. */
export function NoPermissionState({ title, description, action, ...rest }: NoPermissionStateProps) {
  return (
    <StateMessage icon={IconLock} tone="quiet" title={title} {...rest}>
      {description ? <p className={classes.text}>{description}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </StateMessage>
  );
}
