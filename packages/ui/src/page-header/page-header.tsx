import type { ReactNode } from "react";
import classes from "./page-header.module.css";

export type PageHeaderProps = {
  readonly title: ReactNode;
  /** A nav with the way here. */
  readonly breadcrumbs?: ReactNode;
  /** One line below the title: what this page is for, or who wrote it and when. */
  readonly description?: ReactNode;
  /** The one primary action of the view. */
  readonly action?: ReactNode;
  /** Quiet actions, before the primary one. */
  readonly more?: ReactNode;
};

/** The head of a page: where one is, what it is, and the one thing to do. */
export function PageHeader({ title, breadcrumbs, description, action, more }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      {breadcrumbs ? <div className={classes.breadcrumbs}>{breadcrumbs}</div> : null}
      <div className={classes.row}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {description ? <div className={classes.description}>{description}</div> : null}
        </div>
        {more || action ? (
          <div className={classes.actions} data-print="hidden">
            {more}
            {action}
          </div>
        ) : null}
      </div>
    </header>
  );
}
