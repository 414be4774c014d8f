"use client";
import { Button, Group, Modal } from "@mantine/core";
import type { AssignmentView } from "@maru/api/identity/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useRightsChange } from "../hooks/use-rights-change";
import { useNameOf } from "../hooks/use-words";
import { AssignedLine } from "./assigned-line";
import classes from "./rights.module.css";

/** The roles of a person, each with the way to take it back. */
export function AssignmentList({ assignments }: { readonly assignments: readonly AssignmentView[] }) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  const [chosen, setChosen] = useState<AssignmentView | null>(null);
  return (
    <PortletCard title={t("assignments")} isFlush>
      {assignments.length === 0 ? <EmptyState title={t("noAssignments")} /> : null}
      <ul className={classes.rows}>
        {assignments.map((assignment) => (
          <li key={assignment.id} className={classes.row}>
            <Link className={`${classes.grow} ${classes.name}`} href={`/admin/rights/roles/${assignment.role.id}`} prefetch={false}>
              {nameOf(assignment.role)}
            </Link>
            <AssignedLine assignment={assignment} />
            {assignment.can.take ? (
              <Button
                size="xs"
                variant="default"
                aria-label={t("takeNamed", { name: nameOf(assignment.role) })}
                onClick={() => setChosen(assignment)}
              >
                {t("take")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen ? <TakeDialog assignment={chosen} onClose={() => setChosen(null)} /> : null}
    </PortletCard>
  );
}

function TakeDialog({ assignment, onClose }: { readonly assignment: AssignmentView; readonly onClose: () => void }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const nameOf = useNameOf();
  const trpc = useTRPC();
  const { tellOutcome, tellError } = useRightsChange();
  const take = useMutation(
    trpc.identity.unassignRole.mutationOptions({
      onSuccess: (outcome) => tellOutcome(outcome, t("taken")),
      onError: tellError,
      onSettled: onClose,
    }),
  );
  return (
    <Modal opened onClose={onClose} title={t("takeTitle")} closeButtonProps={{ "aria-label": shell("close") }}>
      <div className={classes.stack}>
        <p>{t("takeDescription", { role: nameOf(assignment.role) })}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="safflower" loading={take.isPending} onClick={() => take.mutate({ id: assignment.id })}>
            {t("take")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
