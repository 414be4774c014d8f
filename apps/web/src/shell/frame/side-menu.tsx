"use client";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./side-menu.module.css";
import { type Place, useNavigation } from "./use-navigation";

type SideMenuProps = { readonly folded: boolean; readonly onToggle: () => void };

/** The left menu: 232 px, or icons whose names appear beside them. */
export function SideMenu({ folded, onToggle }: SideMenuProps) {
  const t = useTranslations("shell");
  const places = useNavigation();
  const ofAdmin = places.filter(({ section }) => section === "admin");
  const Icon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = t(folded ? "unfoldMenu" : "foldMenu");
  return (
    <nav className={classes.menu} aria-label={t("mainMenu")} data-folded={folded || undefined} data-print="hidden">
      <div>
        <ul className={classes.list}>
          {places
            .filter(({ section }) => section === undefined)
            .map((place) => (
              <MenuEntry key={place.href} place={place} folded={folded} />
            ))}
        </ul>
        {ofAdmin.length > 0 ? (
          <section className={classes.section} aria-labelledby="admin-menu">
            <h2 className={classes.heading} id="admin-menu">
              {t("adminMenu")}
            </h2>
            <ul className={classes.list}>
              {ofAdmin.map((place) => (
                <MenuEntry key={place.href} place={place} folded={folded} />
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <button type="button" className={classes.fold} aria-expanded={!folded} onClick={onToggle} title={folded ? label : undefined}>
        <Icon size={20} stroke={1.5} aria-hidden />
        <span className={classes.label}>{label}</span>
      </button>
    </nav>
  );
}

function MenuEntry({ place, folded }: { readonly place: Place; readonly folded: boolean }) {
  const { href, label, icon: Icon, isCurrent, children: Children } = place;
  return (
    <li>
      <Link className={classes.entry} href={href} aria-current={isCurrent ? "page" : undefined} title={folded ? label : undefined}>
        <Icon size={20} stroke={1.5} aria-hidden />
        <span className={classes.label}>{label}</span>
      </Link>
      {Children && !folded ? (
        <div className={classes.below}>
          <Children />
        </div>
      ) : null}
    </li>
  );
}
