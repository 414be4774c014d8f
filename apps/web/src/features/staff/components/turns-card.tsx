"use client";
import { Button } from "@mantine/core";
import type { StaffDetailView, TransitionKind, TransitionView } from "@maru/api/directory/contract";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useDeskChange } from "../hooks/use-desk-change";
import classes from "./staff.module.css";
import { StateBadge } from "./staff-row";
import { TurnDialog } from "./turn-dialog";

/** How somebody stands, which turns there are for her, what waits for its day, and what was. */
export function TurnsCard({ detail, onTurned }: { readonly detail: StaffDetailView; readonly onTurned: () => void }) {
  const t = useTranslations("staff");
  const [kind, setKind] = useState<TransitionKind | null>(null);
  const { person, can, leftOn, transitions } = detail;
  return (
    <PortletCard title={t("turnsTitle")}>
      <div className={classes.stack}>
        <p className={classes.name}>
          <StateBadge state={person.state} />
          {leftOn ? <span className={classes.muted}>{t("leftOn", { day: leftOn })}</span> : null}
        </p>
        {can.turn.length > 0 ? (
          <div className={classes.actions}>
            {can.turn.map((one) => (
              <Button key={one} variant="default" color={one === "RESIGNATION" ? "safflower" : undefined} onClick={() => setKind(one)}>
                {t(`turns.${one}.open`)}
              </Button>
            ))}
          </div>
        ) : null}
        {transitions.length > 0 ? (
          <ul className={classes.rows} aria-label={t("history")}>
            {transitions.map((transition) => (
              <TurnRow key={transition.id} transition={transition} />
            ))}
          </ul>
        ) : null}
      </div>
      {kind ? <TurnDialog person={person} kind={kind} onTurned={onTurned} onClose={() => setKind(null)} /> : null}
    </PortletCard>
  );
}

const TONES: Readonly<Record<TransitionView["state"], StatusTone>> = {
  SCHEDULED: "progress",
  DONE: "done",
  CANCELLED: "neutral",
  REFUSED: "wrong",
};

function TurnRow({ transition }: { readonly transition: TransitionView }) {
  const t = useTranslations("staff");
  const errors = useTranslations("errors");
  const { done, failed } = useDeskChange();
  const { id, kind, state, effectiveOn, fault } = transition;
  const what = { kind: t(`turns.${kind}.label`), day: effectiveOn };
  const cancel = useMutation(
    useTRPC().directory.cancelTransition.mutationOptions({ onSuccess: () => done(t("turnCancelled")), onError: failed }),
  );
  return (
    <li className={classes.row}>
      <span className={classes.grow}>
        {t("turnOn", what)}
        {fault && errors.has(`${fault}.title`) ? <span className={classes.muted}> {errors(`${fault}.title`)}</span> : null}
      </span>
      <StatusBadge tone={TONES[state]} label={t(`turnStates.${state}`)} />
      {state === "SCHEDULED" ? (
        <Button
          size="xs"
          variant="default"
          loading={cancel.isPending}
          aria-label={t("cancelTurn", what)}
          onClick={() => cancel.mutate({ id })}
        >
          {t("cancelSchedule")}
        </Button>
      ) : null}
    </li>
  );
}
