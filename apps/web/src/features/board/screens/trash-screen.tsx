"use client";
import { Button, Table, Tooltip } from "@mantine/core";
import type { TrashedPostView } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { PersonLabel } from "../../../shell/person/person-label";
import { QueryError } from "../../../shell/states/query-error";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { useBoardName } from "../hooks/use-board-name";
import classes from "./trash-screen.module.css";

/** What was deleted from a board and can still be taken back. */
export const TrashScreen = ({ slug }: { readonly slug: string }) => {
  const t = useTranslations("board");
  const nameOf = useBoardName();
  const trpc = useTRPC();
  const board = useQuery(trpc.board.getBoard.queryOptions({ slug }));
  const boardId = board.data?.id ?? "";
  const trash = useQuery({ ...trpc.board.listTrash.queryOptions({ boardId }), enabled: boardId !== "", refetchOnMount: "always" });
  const error = board.error ?? trash.error;
  return (
    <>
      <PageHeader
        title={t("trash.title")}
        description={t("trash.description")}
        breadcrumbs={
          <Breadcrumbs
            crumbs={[
              { label: t("title"), href: "/boards" },
              { label: board.data ? nameOf(board.data) : "", href: `/boards/${slug}` },
              { label: t("trash.title") },
            ]}
          />
        }
      />
      {error ? <QueryError error={error} onRetry={() => void trash.refetch()} /> : null}
      {!error && !trash.data ? <SkeletonList shape="rows" count={4} label={t("loading")} /> : null}
      {trash.data?.length === 0 ? (
        <EmptyState icon={IconTrash} title={t("trash.emptyTitle")} description={t("trash.emptyDescription")} />
      ) : null}
      {trash.data && trash.data.length > 0 ? <TrashTable posts={trash.data} /> : null}
    </>
  );
};

const TrashTable = ({ posts }: { readonly posts: readonly TrashedPostView[] }) => {
  const t = useTranslations("board.trash");
  return (
    <Table className={classes.table} aria-label={t("title")} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("postTitle")}</Table.Th>
          <Table.Th className={classes.who}>{t("deletedBy")}</Table.Th>
          <Table.Th className={classes.when}>{t("deletedAt")}</Table.Th>
          <Table.Th className={classes.action} aria-label={t("restore")} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {posts.map((post) => (
          <TrashRow key={post.id} post={post} />
        ))}
      </Table.Tbody>
    </Table>
  );
};

const TrashRow = ({ post }: { readonly post: TrashedPostView }) => {
  const t = useTranslations("board.trash");
  const locale = useLocale();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const restore = useMutation(
    trpc.board.restorePost.mutationOptions({
      onSuccess: () => {
        showToast({ title: t("restored"), message: post.title, tone: "done" });
        void queryClient.invalidateQueries({ queryKey: trpc.board.pathKey() });
      },
      onError: (error) => {
        const { title, description } = errorText(error);
        showToast({ title, message: description, tone: "wrong" });
      },
    }),
  );
  return (
    <Table.Tr>
      <Table.Td className={classes.title}>{post.title}</Table.Td>
      <Table.Td className={classes.who}>{post.deletedBy ? <PersonLabel person={post.deletedBy} /> : null}</Table.Td>
      <Table.Td className={classes.when}>
        <DateTime iso={post.deletedAt} locale={locale} />
      </Table.Td>
      <Table.Td className={classes.action}>
        <Tooltip label={t("notYours")} disabled={post.can.restore} events={{ hover: true, focus: true, touch: true }}>
          <Button
            size="xs"
            variant="default"
            loading={restore.isPending}
            data-disabled={!post.can.restore || undefined}
            aria-disabled={!post.can.restore}
            aria-label={t("restoreNamed", { title: post.title })}
            onClick={() => post.can.restore && restore.mutate({ id: post.id })}
          >
            {t("restore")}
          </Button>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
};
