"use client";
import type { Operation, ReorganisationView } from "@maru/api/directory/contract";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useDeskChange } from "../../staff/hooks/use-desk-change";

const same = (a: readonly Operation[], b: readonly Operation[]) => JSON.stringify(a) === JSON.stringify(b);

/** The draft that somebody works on: its name and steps, what was stored of it, and the ways to store and apply it. */
export const useDesk = (stored: ReorganisationView | null) => {
  const t = useTranslations("reorganisation");
  const router = useRouter();
  const { directory } = useTRPC();
  const { done, failed } = useDeskChange();
  const [name, setName] = useState(stored?.name ?? "");
  const [operations, setOperations] = useState<readonly Operation[]>(stored?.operations ?? []);
  const saving = useMutation(directory.saveReorganisation.mutationOptions({ onError: failed }));
  const applying = useMutation(directory.applyReorganisation.mutationOptions({ onError: failed }));
  const cancelling = useMutation(directory.cancelReorganisation.mutationOptions({ onError: failed }));
  const store = () =>
    saving.mutateAsync({
      ...(stored ? { id: stored.id, version: stored.version } : {}),
      name: name.trim() === "" ? t("unnamed") : name.trim(),
      operations: [...operations],
    });
  const isChanged = stored === null || name.trim() !== stored.name || !same(operations, stored.operations);
  const open = ({ id }: ReorganisationView) => (stored ? undefined : router.replace(`/admin/organisation/${id}`));
  /** What failed was said already; the draft stays as it was typed. */
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  return {
    ...{ name, setName, operations, setOperations, isChanged },
    isBusy: saving.isPending || applying.isPending || cancelling.isPending,
    save: () =>
      quietly(
        store().then(async (saved) => {
          await done(t("saved"));
          open(saved);
        }),
      ),
    apply: (effectiveOn: string | null) =>
      quietly(
        (isChanged ? store() : Promise.resolve(stored))
          .then(({ id, version }) => applying.mutateAsync({ id, version, effectiveOn }))
          .then(async (applied) => {
            await done(t(applied.state === "APPLIED" ? "applied" : "scheduled"), applied.name);
            open(applied);
          }),
      ),
    cancel: () =>
      quietly(
        cancelling.mutateAsync({ id: stored?.id ?? "" }).then(async ({ state }) => {
          await done(t(state === "DRAFT" ? "withdrawn" : "discarded"));
          if (state === "CANCELLED") router.push("/admin/organisation");
        }),
      ),
  };
};
