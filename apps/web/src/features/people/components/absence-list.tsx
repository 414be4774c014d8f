"use client";
import { Button, Group, Modal, Stack } from "@mantine/core";
import type { AbsenceView } from "@maru/api/directory/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { useTRPC } from "../../../trpc/client";
import { useDirectoryChange } from "../hooks/use-directory-change";
import { usePeriod } from "../hooks/use-period";
import { AbsenceDialog } from "./absence-dialog";
import classes from "./people-marks.module.css";

/** Absences of a person, the first to begin first; those who may can change them and take them back. */
export function AbsenceList({ absences, label }: { readonly absences: readonly AbsenceView[]; readonly label: string }) {
  const [changing, setChanging] = useState<AbsenceView | null>(null);
  const [cancelling, setCancelling] = useState<AbsenceView | null>(null);
  return (
    <>
      <ul className={classes.rows} aria-label={label}>
        {absences.map((absence) => (
          <AbsenceRow key={absence.id} absence={absence} onChange={() => setChanging(absence)} onCancel={() => setCancelling(absence)} />
        ))}
      </ul>
      {changing ? <AbsenceDialog personId={changing.person.id} absence={changing} onClose={() => setChanging(null)} /> : null}
      {cancelling ? <CancelDialog absence={cancelling} onClose={() => setCancelling(null)} /> : null}
    </>
  );
}

type AbsenceRowProps = { readonly absence: AbsenceView; readonly onChange: () => void; readonly onCancel: () => void };

function AbsenceRow({ absence, onChange, onCancel }: AbsenceRowProps) {
  const t = useTranslations("people.absence");
  const when = usePeriod().period(absence.startsAt, absence.endsAt);
  return (
    <li className={classes.absence}>
      <div className={classes.grow}>
        <p>
          {when}
          <StatusBadge tone="neutral" label={t(`reasons.${absence.reason}`)} />
          {absence.note ? <span className={classes.quiet}>{absence.note}</span> : null}
        </p>
        <p className={classes.quiet}>
          {absence.deputy ? (
            <span>
              {t("deputy")}: <PersonLabel person={absence.deputy} withDepartment />
            </span>
          ) : (
            t("noDeputy")
          )}
          {absence.deputyAway === "NEVER" ? null : <StatusBadge tone="caution" label={t(`deputyAway.${absence.deputyAway}`)} />}
        </p>
      </div>
      {absence.can.change ? (
        <div className={classes.actions}>
          <Button variant="default" size="xs" aria-label={t("changeOf", { when })} onClick={onChange}>
            {t("change")}
          </Button>
          <Button variant="default" size="xs" aria-label={t("cancelOf", { when })} onClick={onCancel}>
            {t("cancel")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function CancelDialog({ absence, onClose }: { readonly absence: AbsenceView; readonly onClose: () => void }) {
  const t = useTranslations("people.absence");
  const when = usePeriod().period(absence.startsAt, absence.endsAt);
  const { done, failed } = useDirectoryChange();
  const { mutate, isPending } = useMutation(
    useTRPC().directory.cancelAbsence.mutationOptions({ onSuccess: () => done(t("cancelled")), onError: failed, onSettled: onClose }),
  );
  return (
    <Modal opened onClose={onClose} title={t("cancelTitle")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap={16}>
        <p>{t("cancelQuestion", { when })}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("close")}
          </Button>
          <Button color="safflower" loading={isPending} onClick={() => mutate({ id: absence.id })}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
