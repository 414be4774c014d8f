"use client";
import type { Consequence } from "@maru/api/directory/contract";
import { IconArrowNarrowRight, IconCircleX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useNameOf } from "../hooks/use-name-of";
import classes from "./staff.module.css";

/** What will happen, in words, what stands in the way first. */
export function ConsequenceList({ consequences }: { readonly consequences: readonly Consequence[] }) {
  const t = useTranslations("staff.consequences");
  const nameOf = useNameOf();
  const ordered = consequences.toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
  if (ordered.length === 0) return <p className={classes.muted}>{t("nothing")}</p>;
  return (
    <ul className={classes.consequences}>
      {ordered.map(({ code, count, names, isBlocking }) => {
        const Sign = isBlocking ? IconCircleX : IconArrowNarrowRight;
        const more = count - names.length;
        return (
          <li key={code} className={classes.consequence} data-blocking={isBlocking || undefined}>
            <Sign size={20} stroke={1.5} aria-hidden />
            <div>
              {t(code, { count })}
              {names.length > 0 ? (
                <div className={classes.muted}>
                  {names.map(nameOf).join(", ")}
                  {more > 0 ? ` ${t("andMore", { count: more })}` : ""}
                </div>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
