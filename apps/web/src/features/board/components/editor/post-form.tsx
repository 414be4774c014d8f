"use client";
import { Alert, Button, FileButton, TextInput } from "@mantine/core";
import type { BoardView } from "@maru/api/board/contract";
import type { FileView } from "@maru/api/files/contract";
import { IconAlertCircle, IconPaperclip } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { useErrorText } from "../../../../shell/use-error-text";
import { AttachmentList } from "../../../files/components/attachment-list";
import { UploadList } from "../../../files/components/upload-list";
import type { DraftStart } from "../../hooks/draft-start";
import { useComposition } from "../../hooks/use-composition";
import { usePostForm } from "../../hooks/use-post-form";
import { ConflictView } from "./conflict-view";
import { DraftNotices } from "./draft-notices";
import { DraftStatusLine } from "./draft-status-line";
import { LeaveDialog } from "./leave-dialog";
import { PictureShelfProvider } from "./picture-shelf";
import { PostBodyEditor } from "./post-body-editor";
import classes from "./post-form.module.css";
import { bringsFiles } from "./transferred-files";

type PostFormProps = {
  readonly board: BoardView;
  readonly post: { readonly id: string; readonly version: number } | null;
  readonly start: DraftStart;
  readonly known: readonly FileView[];
  readonly onPublished: (postId: string) => void;
  /** The draft was thrown away: the editor begins again from what is published, or from nothing. */
  readonly onThrownAway: () => void;
  readonly cancelHref: string;
};

type PostFormState = ReturnType<typeof usePostForm>;

/** Writes a post, or goes on with one. */
export const PostForm = ({ board, post, start, known, onPublished, onThrownAway, cancelHref }: PostFormProps) => {
  const t = useTranslations("board.editor");
  const form = usePostForm({ board, postId: post?.id ?? null, start, known, onPublished });
  const [isThrowingAway, setThrowingAway] = useState(false);
  const dragging = useFileDrag(form.files.addAttachments);
  const { publish, writing, files } = form;
  const throwAway = async () => {
    setThrowingAway(true);
    await form.draft.throwAway().then(onThrownAway, () => setThrowingAway(false));
  };

  return (
    <>
      {publish.conflict ? (
        <ConflictView
          mine={form.read()}
          theirs={publish.conflict}
          isSaving={publish.isSaving}
          onKeepMine={form.keepMine}
          onTakeTheirs={form.takeTheirs}
          onBack={publish.clearConflict}
        />
      ) : null}
      <div className={classes.form} hidden={publish.conflict !== null} data-dragging={dragging.isOver || undefined} {...dragging.props}>
        <DraftNotices
          start={start}
          isOutdated={post !== null && start.baseVersion !== null && start.baseVersion < post.version}
          onThrowAway={throwAway}
          onTakeOther={form.takeOther}
          isThrowingAway={isThrowingAway}
        />
        <TitleField form={form} />
        <PictureShelfProvider value={files.shelf}>
          <PostBodyEditor
            initial={start.text.body}
            onEditor={writing.open}
            onChange={form.touch}
            onFiles={files.addFiles}
            onAttachments={files.addAttachments}
          />
        </PictureShelfProvider>
        <section className={classes.attachments} aria-label={t("attachments")}>
          <div className={classes.attachmentsHead}>
            <h2>{t("attachments")}</h2>
            <FileButton multiple onChange={files.addAttachments}>
              {(props) => (
                <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={16} stroke={1.5} aria-hidden />}>
                  {t("attach")}
                </Button>
              )}
            </FileButton>
          </div>
          <AttachmentList files={files.attachments.shown} onRemove={files.attachments.remove} />
          <UploadList uploads={files.underWay} onCancel={(id) => files.queue.remove(id)} onRetry={(id) => files.queue.retry(id)} />
          <p className={classes.dropHint}>{t("dropHint")}</p>
        </section>
        <PublishBar form={form} isEdit={post !== null} cancelHref={cancelHref} />
      </div>
      <LeaveDialog isOpen={form.guard.isAsking} onStay={form.guard.stay} onLeave={form.guard.leave} />
    </>
  );
};

const TitleField = ({ form }: { readonly form: PostFormState }) => {
  const t = useTranslations("board.editor");
  const composition = useComposition();
  const { writing, obstacle } = form;
  const input = useRef<HTMLInputElement>(null);
  const isWrong = obstacle === "titleMissing" || obstacle === "titleTooLong";
  useEffect(() => {
    if (isWrong) input.current?.focus();
  }, [isWrong]);
  return (
    <TextInput
      ref={input}
      className={classes.title}
      size="lg"
      aria-label={t("title")}
      placeholder={t("titlePlaceholder")}
      maxLength={200}
      value={writing.title}
      error={isWrong ? t(`obstacle.${obstacle}`) : undefined}
      onChange={(event) => {
        writing.changeTitle(event.currentTarget.value);
        form.touch();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || composition.isComposing(event)) return;
        event.preventDefault();
        writing.editor?.commands.focus("start");
      }}
      {...composition.props}
    />
  );
};

type PublishBarProps = { readonly form: PostFormState; readonly isEdit: boolean; readonly cancelHref: string };

const PublishBar = ({ form, isEdit, cancelHref }: PublishBarProps) => {
  const t = useTranslations("board.editor");
  const errorText = useErrorText();
  const { publish, obstacle, isWaiting, pendingCount } = form;
  const refusal = publish.error ? errorText(publish.error) : null;
  return (
    <div className={classes.bar}>
      {refusal ? (
        <Alert
          className={classes.reason}
          color="safflower"
          icon={<IconAlertCircle size={20} stroke={1.5} aria-hidden />}
          title={refusal.title}
          role="alert"
        >
          {refusal.description} {t("keptAsDraft")}
        </Alert>
      ) : null}
      {isWaiting && pendingCount > 0 ? (
        <span className={classes.reason} role="status">
          {t("waitingForFiles", { count: pendingCount })}
        </span>
      ) : null}
      {obstacle ? (
        <span className={classes.reason} data-wrong role="alert">
          {t(`obstacle.${obstacle}`)}
        </span>
      ) : null}
      <DraftStatusLine status={form.draft.status} />
      {isWaiting ? (
        <Button variant="default" onClick={form.stopWaiting}>
          {t("stopWaiting")}
        </Button>
      ) : (
        <Button variant="default" onClick={() => form.leaveTo(cancelHref)} disabled={publish.isSaving}>
          {t("cancel")}
        </Button>
      )}
      <Button onClick={form.submit} loading={publish.isSaving || isWaiting}>
        {isEdit ? t("saveEdit") : t("publish")}
      </Button>
    </div>
  );
};

/** Files dropped beside the text are attached; a file that misses everything must not replace the page. */
const useFileDrag = (onFiles: (files: File[]) => void) => {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const keepPage = (event: globalThis.DragEvent) => {
      if (bringsFiles(event.dataTransfer)) event.preventDefault();
    };
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    return () => {
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
    };
  }, []);
  return {
    isOver,
    props: {
      onDragOver: (event: DragEvent) => {
        if (bringsFiles(event.dataTransfer)) setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        // The editor has taken what was dropped into the text.
        if (event.defaultPrevented || !bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
};
