"use client";
import { Alert, Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { ABSENCE_REASONS, type AbsenceReason, type AbsenceView } from "@maru/api/directory/contract";
import { IconAlertCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PersonSelect } from "../../../shell/person/person-select";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { momentsOf, timesOf, timesOfDay } from "../absence-times";
import { useDirectoryChange } from "../hooks/use-directory-change";
import { AbsenceTimesFields } from "./absence-times-fields";

type AbsenceDialogProps = {
  readonly personId: string;
  /** The one that is changed; a new one without it. */
  readonly absence: AbsenceView | null;
  readonly onClose: () => void;
};

const MAX_NOTE = 200;

/** Says when somebody is away, why, and who stands in. */
export function AbsenceDialog({ personId, absence, onClose }: AbsenceDialogProps) {
  const t = useTranslations("people.absence");
  const [reason, setReason] = useState<AbsenceReason>(absence?.reason ?? "VACATION");
  const [times, setTimes] = useState(() => (absence ? timesOf(absence.startsAt, absence.endsAt) : timesOfDay(new Date())));
  const [deputyId, setDeputyId] = useState(absence?.deputy?.id ?? null);
  const [note, setNote] = useState(absence?.note ?? "");
  const [wasSent, setSent] = useState(false);
  const { done } = useDirectoryChange();
  const { mutate, isPending, error } = useMutation(
    useTRPC().directory.setAbsence.mutationOptions({
      onSuccess: ({ deputyAway }) => {
        done(t("saved"), deputyAway === "NEVER" ? undefined : t(`deputyAway.${deputyAway}`));
        onClose();
      },
    }),
  );
  const moments = momentsOf(times);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!moments || isPending) return;
    const optional = { ...(absence ? { id: absence.id } : {}), ...(deputyId ? { deputyId } : {}), ...(note ? { note } : {}) };
    mutate({ personId, reason, ...moments, ...optional });
  };
  return (
    <Modal opened onClose={onClose} title={t(absence ? "change" : "enter")} closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={send} noValidate>
        <Stack gap={16}>
          <Failure error={error} />
          <Select
            label={t("reason")}
            data={ABSENCE_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
            value={reason}
            allowDeselect={false}
            onChange={(value) => setReason((value ?? "OTHER") as AbsenceReason)}
          />
          <Checkbox
            label={t("wholeDays")}
            checked={times.isWholeDays}
            onChange={(event) => setTimes({ ...times, isWholeDays: event.currentTarget.checked })}
          />
          <AbsenceTimesFields times={times} error={wasSent && !moments ? t("timesInvalid") : undefined} onChange={setTimes} />
          <PersonSelect
            label={t("deputy")}
            description={t("deputyNote")}
            value={deputyId}
            known={absence?.deputy ?? null}
            exceptIds={[personId]}
            onChange={setDeputyId}
          />
          <TextInput
            label={t("note")}
            description={t("noteNote")}
            maxLength={MAX_NOTE}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t("close")}
            </Button>
            <Button type="submit" loading={isPending}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const errorText = useErrorText();
  const failure = error ? errorText(error) : null;
  return (
    <div role="alert">
      {failure ? (
        <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={failure.title}>
          {failure.description}
        </Alert>
      ) : null}
    </div>
  );
}
