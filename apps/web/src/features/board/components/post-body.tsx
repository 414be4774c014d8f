"use client";
import { UnstyledButton } from "@mantine/core";
import type { PostView } from "@maru/api/board/contract";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AttachmentList } from "../../files/components/attachment-list";
import { FilePhoto } from "../../files/components/file-photo";
import classes from "./post-body.module.css";
import { pictureIds } from "./rich-text/document";
import { type PictureAttributes, RichTextView } from "./rich-text/rich-text-view";

const Lightbox = dynamic(() => import("../../files/components/lightbox").then((module) => module.Lightbox), { ssr: false });

/** The text of a post with its pictures, and its attachments below. */
export const PostBody = ({ post }: { readonly post: PostView }) => {
  const t = useTranslations("board.post");
  const [index, setIndex] = useState<number | null>(null);
  const [hasOpened, setOpened] = useState(false);
  const order = pictureIds(post.body);
  const fileOf = (id: string) => post.files.find((file) => file.id === id);
  const shown = order.flatMap((id) => fileOf(id) ?? []).filter((file) => file.state === "READY");
  const open = (id: string) => {
    setOpened(true);
    setIndex(shown.findIndex((file) => file.id === id));
  };
  const attachments = post.files.filter((file) => !file.isInline);

  return (
    <>
      <RichTextView
        document={post.body}
        scrollLabel={t("scrollable")}
        renderPicture={(picture) => (
          <PostPicture
            picture={picture}
            file={fileOf(picture.fileId)}
            isFirst={picture.fileId === order[0]}
            onOpen={() => open(picture.fileId)}
          />
        )}
      />
      {attachments.length > 0 ? (
        <section className={classes.attachments} aria-labelledby="attachments-title">
          <h2 id="attachments-title" className={classes.title}>
            {t("attachments", { count: attachments.length })}
          </h2>
          <AttachmentList files={attachments} />
        </section>
      ) : null}
      {hasOpened ? <Lightbox pictures={shown.map((file) => ({ file, alt: "" }))} index={index} onMove={setIndex} /> : null}
    </>
  );
};

type PostPictureProps = {
  readonly picture: PictureAttributes;
  readonly file: PostView["files"][number] | undefined;
  readonly isFirst: boolean;
  readonly onOpen: () => void;
};

const PostPicture = ({ picture, file, isFirst, onOpen }: PostPictureProps) => {
  const t = useTranslations("board.post");
  const photo = (
    <FilePhoto file={file} alt={picture.alt || (file?.name ?? "")} width={picture.width} height={picture.height} isFirst={isFirst} />
  );
  return (
    <figure className={classes.picture}>
      {file?.state === "READY" ? (
        <UnstyledButton className={classes.open} onClick={onOpen} aria-label={t("enlarge", { name: picture.alt || file.name })}>
          {photo}
        </UnstyledButton>
      ) : (
        photo
      )}
      {picture.alt ? <figcaption className={classes.caption}>{picture.alt}</figcaption> : null}
    </figure>
  );
};
