"use client";
import { Alert, Button, Group } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { type DeletedPost, setDeletedPost } from "../hooks/deleted-post";

const OFFERED_MS = 20_000;

/** What was just moved to the trash, and the way back, for as long as a second thought takes. */
export const DeletedNotice = ({ post, trashHref }: { readonly post: DeletedPost; readonly trashHref: string }) => {
  const t = useTranslations("board.trash");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const restore = useMutation(
    trpc.board.restorePost.mutationOptions({
      onSuccess: () => {
        setDeletedPost(null);
        showToast({ title: t("restored"), tone: "done" });
        void queryClient.invalidateQueries({ queryKey: trpc.board.pathKey() });
      },
      onError: (error) => showToast({ ...messageOf(errorText(error)), tone: "wrong" }),
    }),
  );
  useEffect(() => {
    const timer = setTimeout(() => setDeletedPost(null), OFFERED_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Alert color="gray" icon={<IconTrash size={20} stroke={1.5} aria-hidden />} mb={12} role="status">
      <Group justify="space-between" gap={8}>
        <span>{t("moved", { title: post.title })}</span>
        <Group gap={8}>
          <Button size="xs" variant="default" onClick={() => restore.mutate({ id: post.id })} loading={restore.isPending}>
            {t("undo")}
          </Button>
          <Button size="xs" variant="subtle" color="gray" component={Link} href={trashHref}>
            {t("title")}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
};

const messageOf = ({ title, description }: { readonly title: string; readonly description: string }) => ({ title, message: description });
