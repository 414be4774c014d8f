"use client";
import { Button, FileButton } from "@mantine/core";
import type { PersonView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useProblemText } from "../../files/components/use-problem-text";
import { isFailed, isPending } from "../../files/hooks/upload-state";
import { useFile } from "../../files/hooks/use-file";
import { useUploads } from "../../files/hooks/use-uploads";
import { useProfileChange } from "../hooks/use-profile-change";
import classes from "./own-photo.module.css";

/** The photo beside one's name: sent, made small by the server, and only then shown to colleagues. */
export function OwnPhoto({ person }: { readonly person: PersonView }) {
  const t = useTranslations("account.profile.photo");
  const problemText = useProblemText();
  const [fileId, setFileId] = useState<string | null>(null);
  const { queue, uploads } = useUploads((_upload, file) => setFileId(file.id));
  const { set, isSetting } = useSetPhoto();
  const file = useFile(fileId);
  const state = file?.state;
  useEffect(() => {
    if (fileId === null || state === undefined || state === "PENDING") return;
    setFileId(null);
    // What has no sizes is refused there, in words that say why.
    set(fileId);
  }, [fileId, state, set]);
  const last = uploads.at(-1);
  const isBusy = (last !== undefined && isPending(last)) || fileId !== null || isSetting;
  return (
    <div className={classes.photo}>
      <PersonAvatar person={person} size={72} />
      <div className={classes.words}>
        <p className={classes.hint}>{t("hint")}</p>
        <div className={classes.actions}>
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(chosen) => chosen && queue.add(chosen, "picture")}>
            {(button) => (
              <Button {...button} variant="default" loading={isBusy}>
                {t("choose")}
              </Button>
            )}
          </FileButton>
          {person.photoUrl ? (
            <Button variant="subtle" disabled={isBusy} onClick={() => set(null)}>
              {t("remove")}
            </Button>
          ) : null}
        </div>
        <p role="alert" className={classes.wrong}>
          {last && isFailed(last) && last.phase.name === "failed" ? problemText(last.phase.problem).title : null}
        </p>
      </div>
    </div>
  );
}

const useSetPhoto = () => {
  const trpc = useTRPC();
  const { saved, failed } = useProfileChange();
  const { mutate, isPending: isSetting } = useMutation(trpc.files.setOwnPhoto.mutationOptions({ onSuccess: saved, onError: failed }));
  return { set: (fileId: string | null) => mutate({ fileId }), isSetting };
};
