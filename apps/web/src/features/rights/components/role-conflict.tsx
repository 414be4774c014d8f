"use client";
import { Alert, Button } from "@mantine/core";
import type { RoleView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { draftOf, inheritedOf, type RoleDraft } from "../role-draft";
import classes from "./rights.module.css";
import { Keys } from "./role-diff-dialog";

type RoleConflictProps = {
  readonly mine: RoleDraft;
  readonly theirs: RoleView;
  readonly roles: readonly RoleView[];
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
};

/** Two administrators saved one role: who was first, what differs, and the choice between the two. */
export function RoleConflict({ mine, theirs, roles, onTakeTheirs, onKeepMine }: RoleConflictProps) {
  const t = useTranslations("rights");
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const effective = (draft: RoleDraft) => [...new Set([...draft.permissions, ...inheritedOf(draft, roles)])].sort();
  const [own, others] = [effective(mine), effective(draftOf(theirs))];
  const onlyMine = own.filter((key) => !others.includes(key));
  const onlyTheirs = others.filter((key) => !own.includes(key));
  const who = () => (theirs.updatedBy ? <PersonLabel person={theirs.updatedBy} honorific strong /> : null);
  const when = () => <DateTime iso={theirs.updatedAt} locale={locale} />;
  return (
    <Alert color="gardenia" icon={<IconArrowsSplit2 size={20} stroke={1.5} aria-hidden />}>
      <div className={classes.stack}>
        <div>
          <h2 ref={heading} tabIndex={-1} className={classes.name}>
            {t("conflictTitle")}
          </h2>
          <p>{t.rich("conflictDescription", { who, when })}</p>
        </div>
        <Keys title={t("conflictOnlyMine")} keys={onlyMine} look={classes.name} />
        <Keys title={t("conflictOnlyTheirs")} keys={onlyTheirs} look={classes.name} />
        {onlyMine.length + onlyTheirs.length === 0 ? <p>{t("conflictSame")}</p> : null}
        <div className={classes.actions}>
          <Button onClick={onKeepMine}>{t("keepMine")}</Button>
          <Button variant="default" onClick={onTakeTheirs}>
            {t("takeTheirs")}
          </Button>
        </div>
      </div>
    </Alert>
  );
}
