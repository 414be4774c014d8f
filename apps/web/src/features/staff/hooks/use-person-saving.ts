"use client";
import type { StaffDetailView } from "@maru/api/directory/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import { faultsOf, inputOf, type PersonDraft, type PersonField } from "../person-draft";
import { useDeskChange } from "./use-desk-change";

/** Saves a person, new or known; what was refused is said at the field that it is about, and otherwise aloud. */
export const usePersonSaving = (person: StaffDetailView | null, onSaved: (id: string) => void) => {
  const t = useTranslations("staff.form");
  const errors = useTranslations("errors");
  const trpc = useTRPC();
  const { done, failed } = useDeskChange();
  const [faults, setFaults] = useState<Partial<Record<PersonField, string>>>({});
  const say = (code: string) => (code === "common.invalidInput" ? t("wrongShape") : errors(`${code}.title`));
  const { mutate, isPending } = useMutation(
    trpc.directory.savePerson.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(t(person ? "saved" : "takenIn"));
        onSaved(id);
      },
      onError: (error) => {
        const { code, details } = failureOf(error);
        const found = Object.entries(faultsOf(code, details)).map(([field, fault]) => [field, say(fault)]);
        setFaults(Object.fromEntries(found));
        if (found.length === 0) failed(error);
      },
    }),
  );
  return {
    faults,
    isSaving: isPending,
    save: (draft: PersonDraft) => {
      const isNameless = draft.name.trim() === "";
      setFaults(isNameless ? { name: t("nameMissing") } : {});
      if (!isNameless) mutate(inputOf(draft, person && { id: person.person.id, version: person.version }));
    },
  };
};
