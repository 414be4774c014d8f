"use client";
import { IconBinaryTree2, IconListTree, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./people-marks.module.css";

const PLACES = [
  { view: "people", href: "/people", icon: IconUsers },
  { view: "tree", href: "/people/chart", icon: IconListTree },
  { view: "picture", href: "/people/chart?view=picture", icon: IconBinaryTree2 },
] as const;
export type PeopleView = (typeof PLACES)[number]["view"];

/** The ways to look at the organisation: as a list, as a tree, as a picture. */
export function PeoplePlacesNav({ current }: { readonly current: PeopleView }) {
  const t = useTranslations("people.views");
  return (
    <nav className={classes.pages} aria-label={t("label")}>
      {PLACES.map(({ view, href, icon: Icon }) => (
        <Link key={view} className={classes.page} href={href} aria-current={view === current ? "page" : undefined}>
          <Icon size={16} stroke={1.5} aria-hidden />
          {t(view)}
        </Link>
      ))}
    </nav>
  );
}
