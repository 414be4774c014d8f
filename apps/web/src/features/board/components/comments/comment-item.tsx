"use client";
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { type CommentView, commentChangedDetails } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { PersonLabel } from "../../../../shell/person/person-label";
import { useErrorText } from "../../../../shell/use-error-text";
import { failureOf } from "../../../../trpc/failure";
import type { useComments } from "../../hooks/use-comments";
import { type RichText, textOf } from "../rich-text/document";
import { RichTextView } from "../rich-text/rich-text-view";
import classes from "./comments.module.css";
import { LazyCommentEditor } from "./lazy-comment-editor";

type CommentItemProps = {
  readonly comment: CommentView;
  readonly actions: Pick<ReturnType<typeof useComments>, "edit" | "remove">;
  readonly isMarked: boolean;
  /** Absent on replies, and where the reader may not comment. */
  readonly onReply?: () => void;
  readonly children?: ReactNode;
};

/** One comment with what may be done with it. A deleted comment that has replies keeps its place, empty. */
export const CommentItem = ({ comment, actions, isMarked, onReply, children }: CommentItemProps) => {
  const t = useTranslations("board");
  const locale = useLocale();
  const [isEditing, setEditing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  if (comment.isDeleted) {
    return (
      <li id={`comment-${comment.id}`} className={classes.comment}>
        <p className={classes.gone}>{t("comments.deleted")}</p>
        {children}
      </li>
    );
  }
  return (
    <li id={`comment-${comment.id}`} className={classes.comment} data-marked={isMarked || undefined} tabIndex={-1}>
      <article className={classes.body}>
        <PersonAvatar person={comment.author} size={32} />
        <div className={classes.main}>
          <header className={classes.head}>
            <PersonLabel person={comment.author} strong />
            <span className={classes.when}>
              <DateTime iso={comment.createdAt} locale={locale} />
              {comment.editedAt ? ` · ${t("post.edited")}` : null}
            </span>
          </header>
          {isEditing ? (
            <EditComment comment={comment} edit={actions.edit} onClose={() => setEditing(false)} />
          ) : (
            <RichTextView document={comment.body} size="work" scrollLabel={t("post.scrollable")} renderPicture={() => null} />
          )}
          {isEditing ? null : (
            <div className={classes.actions}>
              {onReply ? <TextButton onClick={onReply}>{t("comments.reply")}</TextButton> : null}
              {comment.can.edit ? <TextButton onClick={() => setEditing(true)}>{t("comments.edit")}</TextButton> : null}
              {comment.can.delete ? <TextButton onClick={() => setAsking(true)}>{t("comments.delete")}</TextButton> : null}
            </div>
          )}
        </div>
      </article>
      {children}
      <DeleteDialog
        isOpen={isAsking}
        isDeleting={actions.remove.isPending}
        onCancel={() => setAsking(false)}
        onDelete={() => actions.remove.mutate({ id: comment.id }, { onSettled: () => setAsking(false) })}
      />
    </li>
  );
};

const TextButton = ({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) => (
  <Button size="compact-xs" variant="subtle" color="gray" onClick={onClick}>
    {children}
  </Button>
);

type EditCommentProps = { readonly comment: CommentView; readonly edit: CommentItemProps["actions"]["edit"]; readonly onClose: () => void };

const EditComment = ({ comment, edit, onClose }: EditCommentProps) => {
  const t = useTranslations("board.comments");
  const errorText = useErrorText();
  const [version, setVersion] = useState(comment.version);
  const [theirs, setTheirs] = useState<RichText | null>(null);
  const [refusal, setRefusal] = useState<{ readonly title: string; readonly description: string } | null>(null);
  const submit = async (body: RichText) => {
    try {
      await edit.mutateAsync({ id: comment.id, version, body });
      onClose();
    } catch (error) {
      const changed = failureOf(error).code === "board.commentChanged" ? commentChangedDetails.safeParse(failureOf(error).details) : null;
      if (changed?.success) {
        setVersion(changed.data.current.version);
        setTheirs(changed.data.current.body);
      }
      setRefusal(errorText(error));
      throw error;
    }
  };
  return (
    <Stack gap={8}>
      {refusal ? (
        <Alert color="gardenia" title={refusal.title} role="alert">
          {refusal.description}
          {theirs ? <blockquote className={classes.theirs}>{textOf(theirs)}</blockquote> : null}
        </Alert>
      ) : null}
      <LazyCommentEditor
        label={t("editLabel")}
        submitLabel={t("save")}
        initial={comment.body}
        isSending={edit.isPending}
        hasFocus
        onSubmit={submit}
        onCancel={onClose}
      />
    </Stack>
  );
};

type DeleteDialogProps = {
  readonly isOpen: boolean;
  readonly isDeleting: boolean;
  readonly onCancel: () => void;
  readonly onDelete: () => void;
};

const DeleteDialog = ({ isOpen, isDeleting, onCancel, onDelete }: DeleteDialogProps) => {
  const t = useTranslations("board.comments");
  return (
    <Modal opened={isOpen} onClose={onCancel} title={t("deleteTitle")} closeButtonProps={{ "aria-label": t("cancel") }}>
      <Stack gap={16}>
        <p>{t("deleteDescription")}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onCancel} disabled={isDeleting} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="safflower" onClick={onDelete} loading={isDeleting}>
            {t("delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
