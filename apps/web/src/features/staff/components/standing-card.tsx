"use client";
import { ActionIcon, Button } from "@mantine/core";
import type { StandingKind, StandingView } from "@maru/api/directory/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { useDeskChange } from "../hooks/use-desk-change";
import { useNameOf } from "../hooks/use-name-of";
import classes from "./staff.module.css";
import { StandingDialog } from "./standing-dialog";

type StandingCardProps = { readonly kind: StandingKind; readonly items: readonly StandingView[] };

const swapped = (ids: readonly string[], at: number, to: number): string[] =>
  ids.map((id, index) => (index === at ? (ids[to] ?? id) : index === to ? (ids[at] ?? id) : id));

/** Ranks, positions or titles in their order: added, renamed, moved up and down, and taken out when nobody has them. */
export function StandingCard({ kind, items }: StandingCardProps) {
  const t = useTranslations("staff.standings");
  const [editing, setEditing] = useState<StandingView | "new" | null>(null);
  return (
    <PortletCard title={t(`kinds.${kind}`)} isFlush>
      <ol className={classes.rows} aria-label={t(`kinds.${kind}`)}>
        {items.map((item, index) => (
          <StandingRow key={item.id} kind={kind} items={items} index={index} onEdit={() => setEditing(item)} />
        ))}
        <li className={classes.row}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
            onClick={() => setEditing("new")}
          >
            {t(`add.${kind}`)}
          </Button>
        </li>
      </ol>
      {editing ? <StandingDialog kind={kind} standing={editing === "new" ? null : editing} onClose={() => setEditing(null)} /> : null}
    </PortletCard>
  );
}

type StandingRowProps = StandingCardProps & { readonly index: number; readonly onEdit: () => void };

function StandingRow({ kind, items, index, onEdit }: StandingRowProps) {
  const t = useTranslations("staff.standings");
  const nameOf = useNameOf();
  const { directory } = useTRPC();
  const { done, failed } = useDeskChange();
  const order = useMutation(directory.orderStandings.mutationOptions({ onSuccess: () => done(t("ordered")), onError: failed }));
  const remove = useMutation(directory.removeStanding.mutationOptions({ onSuccess: () => done(t("removed")), onError: failed }));
  const standing = items[index] as StandingView;
  const name = nameOf(standing);
  const ids = items.map(({ id }) => id);
  const isBusy = order.isPending || remove.isPending;
  const deeds = [
    {
      label: t("up", { name }),
      Sign: IconArrowUp,
      isOff: index === 0,
      run: () => order.mutate({ kind, ids: swapped(ids, index, index - 1) }),
    },
    {
      label: t("down", { name }),
      Sign: IconArrowDown,
      isOff: index === items.length - 1,
      run: () => order.mutate({ kind, ids: swapped(ids, index, index + 1) }),
    },
    { label: t("edit", { name }), Sign: IconPencil, isOff: false, run: onEdit },
    { label: t("remove", { name }), Sign: IconTrash, isOff: standing.usedBy > 0, run: () => remove.mutate({ kind, id: standing.id }) },
  ];
  return (
    <li className={classes.row}>
      <span className={classes.grow}>
        <span className={classes.name}>
          {name}
          {standing.isMarked ? <StatusBadge tone="neutral" label={t(`mark.${kind}`)} /> : null}
        </span>
        <span className={classes.muted}>{t("usedBy", { count: standing.usedBy })}</span>
      </span>
      <span className={classes.actions}>
        {deeds.map(({ label, Sign, isOff, run }) => (
          <ActionIcon key={label} variant="subtle" color="gray" size={36} aria-label={label} disabled={isOff || isBusy} onClick={run}>
            <Sign size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        ))}
      </span>
    </li>
  );
}
