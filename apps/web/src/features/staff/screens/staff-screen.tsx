"use client";
import { Button, Group } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { IconPlus, IconUserSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import classes from "../components/staff.module.css";
import { StaffFilters } from "../components/staff-filters";
import { StaffRow } from "../components/staff-row";
import { hrefOfPlace, listInput, readPlace } from "../staff-place";

/** Everybody of the organisation, those who left too: found, taken in, and opened to be changed. */
export function StaffScreen() {
  const t = useTranslations("staff");
  const router = useRouter();
  const { permissions } = useAccount();
  const place = readPlace(Object.fromEntries(useSearchParams()));
  const query = useInfiniteQuery(
    useTRPC().directory.listPeopleForAdmin.infiniteQueryOptions(listInput(place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <div className={classes.page}>
      <AdminHeader
        title={t("title")}
        description={t("description")}
        action={
          <Group gap={8}>
            {permissions.includes("sync.manage") ? (
              <Button component={Link} href="/admin/people/import" variant="default">
                {t("files")}
              </Button>
            ) : null}
            <Button component={Link} href="/admin/people/new" leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />}>
              {t("join")}
            </Button>
          </Group>
        }
      />
      <StaffFilters place={place} onChange={(next) => router.replace(hrefOfPlace(next), { scroll: false })} />
      <PagedItems
        query={query}
        skeleton={{ shape: "rows", count: 12 }}
        room="page"
        empty={<EmptyState icon={IconUserSearch} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
      >
        {(people) => (
          <ul className={classes.list} aria-label={t("title")}>
            {people.map((person) => (
              <StaffRow key={person.id} person={person} />
            ))}
          </ul>
        )}
      </PagedItems>
    </div>
  );
}
