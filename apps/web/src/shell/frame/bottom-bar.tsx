"use client";
import { IconMenu2 } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import classes from "./bottom-bar.module.css";
import { isAt, useNavigation } from "./use-navigation";

/** A thumb reaches five: four places, and the page with all of them. */
const PLACES = 4;
export const ALL_PLACES_HREF = "/all";

/** The bar of a phone. It offers what exists: a module that comes with 결재 takes its place by its order. */
export function BottomBar() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const places = useNavigation()
    .filter(({ onPhone }) => onPhone)
    .slice(0, PLACES);
  return (
    <nav className={classes.bar} aria-label={t("phoneMenu")} data-print="hidden">
      {[...places, { href: ALL_PLACES_HREF, label: t("all"), icon: IconMenu2, isCurrent: isAt(ALL_PLACES_HREF, pathname) }].map(
        ({ href, label, icon: Icon, isCurrent }) => (
          <Link key={href} className={classes.place} href={href} aria-current={isCurrent ? "page" : undefined}>
            <Icon size={22} stroke={1.5} aria-hidden />
            {label}
          </Link>
        ),
      )}
    </nav>
  );
}
