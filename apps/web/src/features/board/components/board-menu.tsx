"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTRPC } from "../../../trpc/client";
import { useBoardName } from "../hooks/use-board-name";
import classes from "./board-menu.module.css";

/** The boards below their entry in the left menu. */
export const BoardMenu = () => {
  const trpc = useTRPC();
  const pathname = usePathname();
  const nameOf = useBoardName();
  const boards = useQuery(trpc.board.listBoards.queryOptions({}));
  return (
    <ul className={classes.menu}>
      {(boards.data ?? []).map((board) => {
        const href = `/boards/${board.slug}`;
        const isHere = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <li key={board.id}>
            <Link
              className={classes.link}
              href={href}
              prefetch={false}
              aria-current={isHere ? (pathname === href ? "page" : "true") : undefined}
            >
              {nameOf(board)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
};
