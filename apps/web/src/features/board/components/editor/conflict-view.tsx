"use client";
import { Alert, Button } from "@mantine/core";
import type { PostChangedDetails } from "@maru/api/board/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconArrowsSplit2, IconCopy } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { copyText } from "../../../../shell/copy-text";
import { PersonLabel } from "../../../../shell/person/person-label";
import { showToast } from "../../../../shell/toast/toast-store";
import { FilePhoto } from "../../../files/components/file-photo";
import { useFile } from "../../../files/hooks/use-file";
import { type RichText, textOf } from "../rich-text/document";
import { type PictureAttributes, RichTextView } from "../rich-text/rich-text-view";
import classes from "./conflict-view.module.css";

type Words = { readonly title: string; readonly body: RichText };

type ConflictViewProps = {
  readonly mine: Words;
  readonly theirs: PostChangedDetails["current"];
  readonly isSaving: boolean;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
  readonly onBack: () => void;
};

/** Two people changed one post: both texts side by side, and the choice between them. Neither is lost until somebody has chosen. */
export const ConflictView = ({ mine, theirs, isSaving, onTakeTheirs, onKeepMine, onBack }: ConflictViewProps) => {
  const t = useTranslations("board.conflict");
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async (words: Words) => {
    const isCopied = await copyText(`${words.title}\n\n${textOf(words.body)}`);
    showToast(isCopied ? { title: t("copied"), tone: "done" } : { title: t("copyFailed"), tone: "wrong" });
  };
  const who = () => (theirs.editor ? <PersonLabel person={theirs.editor} withDepartment honorific strong /> : <b>{t("somebody")}</b>);
  const when = () => (theirs.editedAt ? <DateTime iso={theirs.editedAt} locale={locale} /> : null);

  return (
    <section className={classes.conflict} aria-labelledby="conflict-title">
      <Alert color="gardenia" icon={<IconArrowsSplit2 size={20} stroke={1.5} aria-hidden />}>
        <h2 id="conflict-title" ref={heading} tabIndex={-1} className={classes.title}>
          {t("title")}
        </h2>
        <p>{t.rich("description", { who, when })}</p>
      </Alert>
      <div className={classes.sides}>
        <Side title={t("mine")} words={mine} onCopy={() => copy(mine)}>
          <Button onClick={onKeepMine} loading={isSaving}>
            {t("keepMine")}
          </Button>
        </Side>
        <Side title={t("theirs")} words={theirs} onCopy={() => copy(theirs)}>
          <Button variant="default" onClick={onTakeTheirs} disabled={isSaving}>
            {t("takeTheirs")}
          </Button>
        </Side>
      </div>
      <div>
        <Button variant="subtle" color="gray" onClick={onBack} disabled={isSaving}>
          {t("back")}
        </Button>
      </div>
    </section>
  );
};

type SideProps = { readonly title: string; readonly words: Words; readonly onCopy: () => void; readonly children: React.ReactNode };

const Side = ({ title, words, onCopy, children }: SideProps) => {
  const t = useTranslations("board");
  return (
    <article className={classes.side}>
      <header className={classes.sideHead}>
        <h3>{title}</h3>
        <div className={classes.actions}>
          <Button variant="subtle" color="gray" leftSection={<IconCopy size={16} stroke={1.5} aria-hidden />} onClick={onCopy}>
            {t("conflict.copy")}
          </Button>
          {children}
        </div>
      </header>
      <div className={classes.text}>
        <p className={classes.postTitle}>{words.title}</p>
        <RichTextView
          document={words.body}
          scrollLabel={t("post.scrollable")}
          renderPicture={(picture) => <ComparedPicture {...picture} />}
        />
      </div>
    </article>
  );
};

const ComparedPicture = ({ fileId, alt, width, height }: PictureAttributes) => (
  <FilePhoto file={useFile(fileId)} alt={alt} width={width} height={height} />
);
