"use client";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { PersonLabel } from "../../../shell/person/person-label";
import { useDepartmentName } from "../../../shell/person/use-department-name";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { colleaguesInput } from "../colleagues-input";
import { hrefOfPlace } from "../people-place";
import classes from "./my-department.module.css";

/** The people one works with every day, a press away. */
export default function MyDepartment() {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { person: self } = useAccount();
  const department = useDepartmentName(self);
  const { data, isPending, error, refetch } = useQuery(trpc.directory.listPeople.queryOptions(colleaguesInput(self.departmentId)));
  return (
    <PortletCard title={department ?? t("title")} href={hrefOfPlace({ departmentId: self.departmentId, query: "", page: 1 })}>
      {isPending ? <SkeletonList shape="cards" count={4} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} headingLevel={3} /> : null}
      <ul className={classes.people}>
        {data?.items.map((person) => (
          <li key={person.id}>
            <Link className={classes.person} href={`/people/${person.id}`} prefetch={false}>
              <PersonAvatar person={person} size={28} />
              <span className={classes.name}>
                <PersonLabel person={person} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
