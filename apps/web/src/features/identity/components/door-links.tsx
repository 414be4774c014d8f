"use client";
import Link from "next/link";
import classes from "./door-frame.module.css";

type DoorLink = { readonly href: string; readonly label: string };

/** The ways from one door to another. */
export function DoorLinks({ links }: { readonly links: readonly DoorLink[] }) {
  return (
    <nav className={classes.links}>
      {links.map(({ href, label }) => (
        <Link key={href} href={href}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
