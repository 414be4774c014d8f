"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconMessages, IconSpeakerphone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useBoardName } from "../hooks/use-board-name";
import classes from "./board-list-screen.module.css";

/** Every board that the reader may see. */
export const BoardListScreen = () => {
  const t = useTranslations("board");
  const locale = useLocale();
  const nameOf = useBoardName();
  const trpc = useTRPC();
  const boards = useQuery(trpc.board.listBoards.queryOptions({}));
  return (
    <>
      <PageHeader title={t("title")} description={t("boards.description")} />
      {boards.isPending ? <SkeletonList shape="cards" count={6} label={t("loading")} /> : null}
      {boards.isError ? <QueryError error={boards.error} onRetry={() => void boards.refetch()} /> : null}
      {boards.data?.length === 0 ? (
        <EmptyState icon={IconMessages} title={t("boards.emptyTitle")} description={t("boards.emptyDescription")} />
      ) : null}
      <ul className={classes.boards}>
        {(boards.data ?? []).map((board) => {
          const Sign = board.isNotice ? IconSpeakerphone : IconMessages;
          const description = locale === "en" && board.descriptionEn ? board.descriptionEn : board.description;
          return (
            <li key={board.id}>
              <Link className={classes.board} href={`/boards/${board.slug}`} prefetch={false}>
                <Sign className={classes.sign} size={20} stroke={1.5} aria-hidden />
                <span className={classes.words}>
                  <span className={classes.name}>{nameOf(board)}</span>
                  <span className={classes.description}>{description}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
};
