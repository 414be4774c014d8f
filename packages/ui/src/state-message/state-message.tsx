import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./state-message.module.css";

export type StateMessageProps = {
  readonly icon: Icon;
  readonly tone: "quiet" | "wrong";
  readonly title: string;
  /** "h1" where the message is the page, otherwise the heading below it. */
  readonly headingLevel?: 1 | 2 | 3;
  /** "panel" inside a card or a list, "page" where nothing else stands. */
  readonly room?: "panel" | "page";
  readonly role?: "status" | "alert";
  readonly children?: ReactNode;
};

/** The shape that empty, error and no-permission states share: a sign, a sentence, what to do. */
export function StateMessage({ icon: Sign, tone, title, headingLevel = 2, room = "panel", role, children }: StateMessageProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <section className={classes.message} data-tone={tone} data-room={room} role={role}>
      <span className={classes.sign}>
        <Sign size={24} stroke={1.5} aria-hidden />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {children}
    </section>
  );
}
