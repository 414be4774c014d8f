import classes from "./logo.module.css";
import { logoBoards } from "./logo-boards";

export type LogoProps = {
  /** Edge of the mark in pixels. */
  readonly size?: number;
  /** The product's or the organisation's name beside the mark; without it the mark stands alone and needs `label`. */
  readonly name?: string;
  /** What a screen reader says where no name stands beside the mark. */
  readonly label?: string;
};

/** The mark of Maru, in the accent of the scheme, with the fourth board in the warm colour of wood. */
export function Logo({ size = 28, name, label }: LogoProps) {
  const naming = label && !name ? ({ role: "img", "aria-label": label } as const) : undefined;
  return (
    <span className={classes.logo} {...naming}>
      <svg className={classes.mark} width={size} height={size} viewBox="0 0 64 64" focusable="false" aria-hidden="true">
        {logoBoards.map((board) => (
          <path key={board.name} d={board.path} data-board={board.name} />
        ))}
      </svg>
      {name ? <span className={classes.name}>{name}</span> : null}
    </span>
  );
}
