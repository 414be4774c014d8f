"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { AssignedLine } from "./assigned-line";
import classes from "./rights.module.css";

/** Who has a role itself, the latest first. Each leads to everything that the person may do. */
export function RoleHolders({ roleId }: { readonly roleId: string }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.identity.listRoleHolders.infiniteQueryOptions({ roleId }, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const holders = data?.pages.flatMap(({ items }) => items);
  return (
    <PortletCard title={t("holdersTitle")} isFlush>
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {!error && !holders ? <SkeletonList shape="rows" count={3} label={shell("loading")} /> : null}
      {holders?.length === 0 ? <EmptyState title={t("noHolders")} description={t("noHoldersDescription")} /> : null}
      {holders && holders.length > 0 ? (
        <ul className={classes.rows}>
          {holders.map((holder) => (
            <li key={holder.id}>
              <Link className={classes.row} href={`/admin/rights/people/${holder.person.id}`} prefetch={false}>
                <PersonAvatar person={holder.person} size={32} />
                <span className={classes.grow}>
                  <PersonLabel person={holder.person} withDepartment strong />
                </span>
                <AssignedLine assignment={holder} />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {shell("more")}
        </Button>
      ) : null}
    </PortletCard>
  );
}
