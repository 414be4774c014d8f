"use client";
import { Checkbox } from "@mantine/core";
import { formatPersonName } from "@maru/ui/person-name/format";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import staff from "../../staff/components/staff.module.css";
import classes from "./reorganisation.module.css";

/** How many people of one department can be chosen from here; the others go over with the whole department. */
const SHOWN_AT_MOST = 100;

type MemberPickerProps = {
  readonly departmentId: string;
  readonly chosen: readonly string[];
  readonly onChange: (personIds: readonly string[]) => void;
};

/** Chooses some of the people who work in a department now. */
export function MemberPicker({ departmentId, chosen, onChange }: MemberPickerProps) {
  const t = useTranslations("reorganisation");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const { data, error, refetch } = useQuery(useTRPC().directory.listMembers.queryOptions({ departmentId, limit: SHOWN_AT_MOST }));
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonList shape="rows" count={4} label={shell("loading")} />;
  if (data.items.length === 0) return <p className={staff.muted}>{t("nobodyThere")}</p>;
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className={classes.people}>
      <legend className={staff.legend}>{t("choosePeople")}</legend>
      {data.items.map((person) => (
        <Checkbox
          key={person.id}
          label={formatPersonName(person, { locale })}
          checked={chosen.includes(person.id)}
          onChange={() => toggle(person.id)}
        />
      ))}
    </fieldset>
  );
}
