import type { CSSProperties } from "react";
import type { Person } from "../person-name/person";
import { avatarColor, avatarLetters } from "./avatar-face";
import classes from "./person-avatar.module.css";

export type PersonAvatarProps = {
  readonly person: Pick<Person, "id" | "name" | "photoUrl" | "state">;
  /** Edge in pixels: 20 in running text, 24 in dense rows, 32 in lists, 40 in cards, 72 on a profile. */
  readonly size?: number;
  /** Give it only where the name does not stand beside the picture; an avatar beside a name says nothing twice. */
  readonly label?: string;
};

/** A person's photo, or two letters of the name on the person's own colour. Photo and letters take the same room. */
export function PersonAvatar({ person, size = 32, label }: PersonAvatarProps) {
  const style = { "--avatar-size": `${size}px`, "--avatar-color": avatarColor(person.id) } as CSSProperties;
  const naming = label ? ({ role: "img", "aria-label": label } as const) : ({ "aria-hidden": true } as const);
  return (
    <span className={classes.avatar} style={style} data-state={person.state ?? "ACTIVE"} {...naming}>
      {person.photoUrl ? (
        <img className={classes.photo} src={person.photoUrl} alt="" width={size} height={size} loading="lazy" decoding="async" />
      ) : (
        <span className={classes.letters}>{avatarLetters(person.name)}</span>
      )}
    </span>
  );
}
