"use client";
import type { RightsView } from "@maru/api/identity/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { StatusBadge } from "@maru/ui/status-badge";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { useNameOf, usePermissionWords } from "../hooks/use-words";
import { AssignedLine } from "./assigned-line";
import classes from "./rights.module.css";

type Origin = RightsView["permissions"][number]["origins"][number];
const EFFECTS = {
  everywhere: { tone: "done", label: "effectEverywhere" },
  departments: { tone: "progress", label: "effectDepartments" },
  none: { tone: "neutral", label: "effectNone" },
} as const;

/** "Why can she see this?": each permission with every role by which it came, who gave it and where it counts. */
export function RightReasons({ rights }: { readonly rights: RightsView }) {
  const t = useTranslations("rights");
  const words = usePermissionWords();
  return (
    <PortletCard title={t("why")} isFlush>
      {rights.permissions.length === 0 ? <EmptyState title={t("noRights")} /> : null}
      <ul className={classes.rows}>
        {rights.permissions.map(({ key, effect, origins }) => (
          <li key={key} className={classes.row}>
            <div className={classes.grow}>
              <p className={classes.name}>{words(key).name}</p>
              <p className={classes.muted}>{words(key).sentence}</p>
              <ul className={classes.list}>
                {origins.map((origin) => (
                  <li key={origin.assignmentId + origin.path.at(-1)?.id}>
                    <Reason origin={origin} rights={rights} />
                  </li>
                ))}
              </ul>
            </div>
            <StatusBadge tone={EFFECTS[effect].tone} label={t(EFFECTS[effect].label)} />
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}

function Reason({ origin, rights }: { readonly origin: Origin; readonly rights: RightsView }) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  const assignment = rights.assignments.find(({ id }) => id === origin.assignmentId);
  const [first, ...others] = origin.path;
  const role = () => <b>{first ? nameOf(first) : ""}</b>;
  const path = () => <b>{others.map(nameOf).join(" › ")}</b>;
  return (
    <span className={classes.reason}>
      <span>{others.length > 0 ? t.rich("originPath", { role, path }) : t.rich("originDirect", { role })}</span>
      {assignment ? <AssignedLine assignment={assignment} /> : null}
      {origin.effect === "none" ? <span className={classes.muted}>{t("effectNone")}</span> : null}
    </span>
  );
}
