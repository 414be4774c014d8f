"use client";
import type { ReorganisationView } from "@maru/api/directory/contract";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { useTranslations } from "next-intl";

const TONES: Readonly<Record<ReorganisationView["state"], StatusTone>> = {
  DRAFT: "neutral",
  SCHEDULED: "progress",
  APPLIED: "done",
  CANCELLED: "neutral",
};

/** What has become of a reorganisation: a draft, waiting for its day, done, thrown away; or it failed on its day. */
export function ReorganisationState({ state, fault, effectiveOn }: Pick<ReorganisationView, "state" | "fault" | "effectiveOn">) {
  const t = useTranslations("reorganisation");
  const label =
    effectiveOn && state !== "CANCELLED" ? t("stateOn", { state: t(`states.${state}`), day: effectiveOn }) : t(`states.${state}`);
  return (
    <>
      <StatusBadge tone={TONES[state]} label={label} />
      {fault ? <StatusBadge tone="wrong" label={t("failed")} /> : null}
    </>
  );
}
