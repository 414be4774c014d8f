"use client";
import { Button, Checkbox, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import type { ReorganisationPreview } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import staff from "../../staff/components/staff.module.css";
import { officeDay } from "../../staff/office-day";

type ApplyDialogProps = {
  readonly preview: ReorganisationPreview;
  readonly isBusy: boolean;
  /** Null is now. */
  readonly onApply: (effectiveOn: string | null) => void;
  readonly onClose: () => void;
};

/** Says once more how much it touches, asks from when on, and applies it. */
export function ApplyDialog({ preview, isBusy, onApply, onClose }: ApplyDialogProps) {
  const t = useTranslations("reorganisation");
  const [isNow, setNow] = useState(true);
  const [day, setDay] = useState("");
  const [isSeen, setSeen] = useState(false);
  const isReady = isSeen && (isNow || day > officeDay());
  return (
    <Modal opened onClose={onClose} title={t("applyTitle")} closeButtonProps={{ "aria-label": t("cancel") }}>
      <div className={staff.stack}>
        <p>{t("applySummary", { departments: preview.changes.length, people: preview.movedPeople })}</p>
        <Radio.Group label={t("when")} value={isNow ? "now" : "day"} onChange={(value) => setNow(value === "now")}>
          <Stack gap={8} mt={8}>
            <Radio value="now" label={t("now")} />
            <Radio value="day" label={t("onDay")} />
          </Stack>
        </Radio.Group>
        {isNow ? null : (
          <TextInput
            type="date"
            label={t("day")}
            description={t("dayHint")}
            inputWrapperOrder={["label", "input", "description"]}
            min={officeDay()}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        )}
        <Checkbox label={t("seen")} checked={isSeen} onChange={(event) => setSeen(event.currentTarget.checked)} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button disabled={!isReady} loading={isBusy} onClick={() => onApply(isNow ? null : day)}>
            {t(isNow ? "applyNow" : "schedule")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
