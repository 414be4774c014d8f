"use client";
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import type { PersonView, TransitionKind } from "@maru/api/directory/contract";
import { formatPersonName } from "@maru/ui/person-name/format";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useDeskChange } from "../hooks/use-desk-change";
import { officeDay } from "../office-day";
import { ConsequenceList } from "./consequence-list";
import classes from "./staff.module.css";

type TurnDialogProps = {
  readonly person: PersonView;
  readonly kind: TransitionKind;
  readonly onTurned: () => void;
  readonly onClose: () => void;
};

/** Leads through a leave, a return or the end: from which day, what will happen to her work, and only then the button that does it. */
export function TurnDialog({ person, kind, onTurned, onClose }: TurnDialogProps) {
  const t = useTranslations("staff");
  const locale = useLocale();
  const trpc = useTRPC();
  const { done, failed } = useDeskChange();
  const [effectiveOn, setEffectiveOn] = useState(officeDay);
  const [isSeen, setSeen] = useState(false);
  const input = { personId: person.id, kind, effectiveOn };
  const isDay = effectiveOn !== "";
  const preview = useQuery({
    ...trpc.directory.previewTransition.queryOptions(input, { gcTime: 0, staleTime: 0, placeholderData: keepPreviousData }),
    enabled: isDay,
  });
  const { mutate, isPending } = useMutation(
    trpc.directory.requestTransition.mutationOptions({
      onSuccess: async ({ state }) => {
        await done(t(state === "SCHEDULED" ? "turnScheduled" : `turns.${kind}.done`), person.name);
        onTurned();
        onClose();
      },
      onError: failed,
    }),
  );
  const isBlocked = preview.data?.consequences.some(({ isBlocking }) => isBlocking) ?? true;
  const name = formatPersonName(person, { locale, honorific: true });
  return (
    <Modal opened onClose={onClose} title={t(`turns.${kind}.title`, { name })} closeButtonProps={{ "aria-label": t("cancel") }}>
      <div className={classes.stack}>
        <TextInput
          type="date"
          label={t(`turns.${kind}.day`)}
          description={isDay && effectiveOn > officeDay() ? t("onItsDay") : t("atOnce")}
          inputWrapperOrder={["label", "input", "description"]}
          value={effectiveOn}
          onChange={(event) => setEffectiveOn(event.currentTarget.value)}
        />
        <h3 className={classes.heading}>{t("whatHappens")}</h3>
        {preview.error ? <QueryError error={preview.error} onRetry={() => void preview.refetch()} /> : null}
        {preview.data ? <ConsequenceList consequences={preview.data.consequences} /> : null}
        {!preview.error && !preview.data ? <SkeletonList shape="rows" count={3} label={t("looking")} /> : null}
        <Checkbox label={t("seen")} checked={isSeen} disabled={isBlocked} onChange={(event) => setSeen(event.currentTarget.checked)} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            color={kind === "RESIGNATION" ? "safflower" : undefined}
            disabled={!isDay || isBlocked || !isSeen}
            loading={isPending}
            onClick={() => mutate(input)}
          >
            {t(`turns.${kind}.label`)}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
