import type { SourceView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import { draftOf, isChanged, newDraft, problemsOf, type SourceDraft, saveInput } from "../source-draft";
import { useSyncChange } from "./use-sync-change";

/** The settings of one source while somebody changes them: what is typed, what is saved, and what stands in the way of saving. */
export const useSourceDesk = (source: SourceView | null) => {
  const t = useTranslations("sync.source");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { done, failed } = useSyncChange();
  const [saved, setSaved] = useState(source);
  const [before, setBefore] = useState<SourceDraft>(source ? draftOf(source) : newDraft());
  const [draft, setDraft] = useState(before);
  const [hasTried, setTried] = useState(false);
  const [isStale, setStale] = useState(false);
  const begin = (from: SourceView) => {
    setSaved(from);
    setBefore(draftOf(from));
    setDraft(draftOf(from));
    setTried(false);
    setStale(false);
  };
  const problems = problemsOf(draft, saved);
  const saving = useMutation(
    trpc.sync.saveSource.mutationOptions({
      onSuccess: (view) => {
        begin(view);
        done(t("saved"), view.needsPreview ? t("savedDescription") : undefined);
        if (saved === null) router.replace(`/admin/sync/sources/${view.id}`);
      },
      onError: (error) => {
        if (failureOf(error).code === "sync.sourceChanged") setStale(true);
        else failed(error);
      },
    }),
  );
  const loading = useMutation({ mutationFn: (id: string) => client.sync.getSource.query({ id }), onSuccess: begin, onError: failed });
  return {
    ...{ draft, saved, problems: hasTried ? problems : {}, isStale },
    isDirty: isChanged(draft, before),
    isSaving: saving.isPending,
    set: (change: Partial<SourceDraft>) => setDraft((now) => ({ ...now, ...change })),
    setTried,
    save: () => {
      setTried(true);
      if (Object.keys(problems).length === 0) saving.mutate(saveInput(draft, saved));
    },
    takeTheirs: () => saved && loading.mutate(saved.id),
  };
};
