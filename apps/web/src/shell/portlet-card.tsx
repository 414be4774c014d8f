"use client";
import { IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import classes from "./portlet-card.module.css";

type PortletCardProps = {
  readonly title: string;
  /** Where the whole of it is. */
  readonly href?: string;
  /** Lists reach to the edges of the card; text does not. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
};

/** The window of a feature on the home page. */
export function PortletCard({ title, href, isFlush = false, children }: PortletCardProps) {
  const t = useTranslations("shell");
  const titleId = useId();
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h2 className={classes.title} id={titleId}>
          {title}
        </h2>
        {href ? (
          <Link className={classes.more} href={href} aria-label={`${title} ${t("more")}`}>
            {t("more")}
            <IconChevronRight size={16} stroke={1.5} aria-hidden />
          </Link>
        ) : null}
      </div>
      <div className={classes.body} data-flush={isFlush || undefined}>
        {children}
      </div>
    </section>
  );
}
