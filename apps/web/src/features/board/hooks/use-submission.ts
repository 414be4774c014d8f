"use client";
import { useEffect, useState } from "react";
import type { DraftText } from "./draft-start";
import { findObstacle, type Obstacle, type Publishable } from "./use-publish";

type SubmissionOptions = {
  readonly boardId: string;
  readonly read: () => DraftText;
  readonly pendingCount: number;
  readonly failedCount: number;
  readonly send: (text: Publishable) => void;
};

export const toPublishable = ({ attachments, ...words }: DraftText): Publishable => ({
  ...words,
  attachmentIds: attachments.map(({ id }) => id),
});

/** From the press of the button to the moment when everything is there: says what is missing, and waits for files that are under way. */
export const useSubmission = ({ boardId, read, pendingCount, failedCount, send }: SubmissionOptions) => {
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const [isWaiting, setWaiting] = useState(false);

  useEffect(() => {
    if (!isWaiting || (pendingCount > 0 && failedCount === 0)) return;
    setWaiting(false);
    if (failedCount > 0) setObstacle("filesFailed");
    else send(toPublishable(read()));
  });

  return {
    obstacle,
    isWaiting,
    clearObstacle: () => setObstacle(null),
    stopWaiting: () => setWaiting(false),
    submit: () => {
      const found = failedCount > 0 ? "filesFailed" : findObstacle(toPublishable(read()), boardId, pendingCount > 0);
      setObstacle(found);
      setWaiting(found === null);
    },
  };
};
