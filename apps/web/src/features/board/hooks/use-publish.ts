"use client";
import { editPostInput, type PostChangedDetails, postChangedDetails, publishPostInput, type SavedPostView } from "@maru/api/board/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import { isBlank, type RichText } from "../components/rich-text/document";

export type Publishable = { readonly title: string; readonly body: RichText; readonly attachmentIds: readonly string[] };

/** What stands in the way of publishing, as the key of its sentence. */
export type Obstacle = "titleMissing" | "titleTooLong" | "bodyMissing" | "tooManyFiles" | "tooLarge" | "filesFailed";

const FIELD_OBSTACLES: Readonly<Record<string, Obstacle>> = { title: "titleTooLong", attachmentIds: "tooManyFiles", body: "tooLarge" };

/** The first thing that the contract, or good sense, would refuse. */
export const findObstacle = (text: Publishable, boardId: string, hasFilesUnderWay: boolean): Obstacle | null => {
  if (text.title.trim() === "") return "titleMissing";
  if (isBlank(text.body) && text.attachmentIds.length === 0 && !hasFilesUnderWay) return "bodyMissing";
  const checked = publishPostInput.safeParse({ ...text, boardId });
  if (checked.success) return null;
  return FIELD_OBSTACLES[String(checked.error.issues[0]?.path[0])] ?? "tooLarge";
};

type PublishOptions = {
  readonly boardId: string;
  /** The post that is edited and the version that the text began from; null for a new post. */
  readonly post: { readonly id: string } | null;
  readonly onPublished: (saved: SavedPostView) => void;
};

/** Publishes a new post, or a new version of one; somebody else's newer version comes back as `conflict`. */
export const usePublish = ({ boardId, post, onPublished }: PublishOptions) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [conflict, setConflict] = useState<PostChangedDetails["current"] | null>(null);
  const onSuccess = (saved: SavedPostView) => {
    void queryClient.invalidateQueries({ queryKey: trpc.board.listPosts.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.board.listRecentPosts.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.board.getPost.queryKey({ id: saved.id }) });
    onPublished(saved);
  };
  const onError = (error: unknown) => {
    const { code, details } = failureOf(error);
    const changed = code === "board.postChanged" ? postChangedDetails.safeParse(details) : null;
    if (changed?.success) setConflict(changed.data.current);
  };
  const publish = useMutation(trpc.board.publishPost.mutationOptions({ onSuccess, onError }));
  const edit = useMutation(trpc.board.editPost.mutationOptions({ onSuccess, onError }));

  return {
    isSaving: publish.isPending || edit.isPending,
    /** What was refused for another reason than somebody else's version. */
    error: conflict ? null : (publish.error ?? edit.error),
    conflict,
    clearConflict: () => setConflict(null),
    send: (text: Publishable, version: number | null) => {
      const input = { ...text, attachmentIds: [...text.attachmentIds] };
      if (post && version !== null) edit.mutate(editPostInput.parse({ id: post.id, version, ...input }));
      else publish.mutate(publishPostInput.parse({ boardId, ...input }));
    },
  };
};
