import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { StateMessage, type StateMessageProps } from "../state-message/state-message";
import classes from "../state-message/state-text.module.css";

export type ErrorStateProps = Pick<StateMessageProps, "headingLevel" | "room"> & {
  /** What happened, as one sentence. */
  readonly title: string;
  /** Why. */
  readonly cause?: ReactNode;
  /** What the person can do now. */
  readonly nextStep?: ReactNode;
  /** For support: the error's code and the request's id, each with its caption from `labels`. */
  readonly code?: string;
  readonly requestId?: string;
  readonly labels?: { readonly code?: string; readonly requestId?: string };
  /** A button that tries again, or leads away. */
  readonly action?: ReactNode;
};

/** Something went wrong: the cause, the next step, and what support needs to know. */
export function ErrorState({ title, cause, nextStep, code, requestId, labels, action, ...rest }: ErrorStateProps) {
  const codes = [
    { caption: labels?.code, value: code },
    { caption: labels?.requestId, value: requestId },
  ].filter((entry) => entry.value);
  return (
    <StateMessage icon={IconAlertCircle} tone="wrong" title={title} role="alert" {...rest}>
      {cause ? <p className={classes.text}>{cause}</p> : null}
      {nextStep ? <p className={classes.text}>{nextStep}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
      {codes.length > 0 ? (
        <dl className={classes.codes}>
          {codes.map(({ caption, value }) => (
            <div key={value}>
              <dt>{caption}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </StateMessage>
  );
}
