"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PersonSelect } from "../../../shell/person/person-select";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useDirectoryChange } from "../hooks/use-directory-change";

/** Who may enter one's absences beside oneself. */
export function OwnAssistant({ personId }: { readonly personId: string }) {
  const t = useTranslations("people.assistant");
  const { directory } = useTRPC();
  const { done, failed } = useDirectoryChange();
  const { data } = useQuery(directory.getPerson.queryOptions({ id: personId }));
  const { mutate } = useMutation(directory.setAssistant.mutationOptions({ onSuccess: () => done(t("saved")), onError: failed }));
  if (!data) return null;
  return (
    <PortletCard title={t("title")}>
      <PersonSelect
        label={t("label")}
        description={t("description")}
        value={data.assistant?.id ?? null}
        known={data.assistant}
        exceptIds={[personId]}
        onChange={(assistantId) => mutate({ personId, assistantId })}
      />
    </PortletCard>
  );
}
