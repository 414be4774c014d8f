"use client";
import { Button, FileButton } from "@mantine/core";
import { UploadProgress } from "@maru/ui/upload-progress";
import { IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useProblemText } from "../../files/components/use-problem-text";
import { progressOf } from "../../files/hooks/upload-state";
import { useUploads } from "../../files/hooks/use-uploads";
import { useSyncChange } from "../../sync/hooks/use-sync-change";
import { hrefOfImport } from "../import-place";
import classes from "./imports.module.css";

/** The first step: a file is chosen and sent. */
export function FileStep() {
  const t = useTranslations("imports.file");
  const shell = useTranslations("shell");
  const router = useRouter();
  const problemText = useProblemText();
  const { failed } = useSyncChange();
  const start = useMutation(
    useTRPC().sync.startImport.mutationOptions({ onSuccess: ({ id }) => router.push(hrefOfImport(id)), onError: failed }),
  );
  const { queue, uploads } = useUploads((_upload, { id }) => start.mutate({ fileId: id }));
  const upload = uploads.at(-1);
  const problem = upload?.phase.name === "failed" ? upload.phase.problem : null;
  const percent = upload ? Math.round(progressOf(upload) * 100) : 0;
  return (
    <PortletCard title={t("title")}>
      <div className={classes.stack}>
        <p className={classes.lead}>{t("description")}</p>
        <div className={classes.actions}>
          <FileButton accept=".csv,.tsv,.txt,.xlsx" onChange={(file) => file && queue.add(file, "attachment")}>
            {(props) => (
              <Button {...props} leftSection={<IconUpload size={18} stroke={1.5} aria-hidden />} loading={start.isPending}>
                {t("choose")}
              </Button>
            )}
          </FileButton>
        </div>
        {upload ? (
          <UploadProgress
            fileName={upload.fileName}
            state={problem ? "failed" : upload.phase.name === "done" ? "done" : "uploading"}
            percent={percent}
            statusText={problem ? problemText(problem).title : t("sending", { percent })}
            labels={{ cancel: shell("close"), retry: shell("retry") }}
            onRetry={problem && !problem.isFinal ? () => queue.retry(upload.id) : undefined}
          />
        ) : null}
      </div>
    </PortletCard>
  );
}
