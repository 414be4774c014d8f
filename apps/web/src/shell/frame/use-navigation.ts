"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { features } from "../../features/registry";
import { useAccount } from "../account";
import { type NavigationEntry, offered } from "../feature";

export type Place = Omit<NavigationEntry, "label"> & { readonly label: string; readonly isCurrent: boolean };

/** Whether a place, or something below it, is what the address shows. Home is only itself. */
export const isAt = (href: string, pathname: string) => pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));

/** The places that the person may go to, in the person's language. */
export const useNavigation = (): readonly Place[] => {
  const t = useTranslations();
  const pathname = usePathname();
  const { permissions } = useAccount();
  return useMemo(() => {
    const entries = features.flatMap(({ name, navigation = [] }) =>
      navigation.map((entry) => ({ ...entry, label: t(`${name}.${entry.label}`) })),
    );
    const places = offered(entries, permissions);
    // Of a place and one that stands below it, the nearer one is meant.
    const [current] = places.filter(({ href }) => isAt(href, pathname)).toSorted((a, b) => b.href.length - a.href.length);
    return places.map((entry) => ({ ...entry, isCurrent: entry === current }));
  }, [t, pathname, permissions]);
};
