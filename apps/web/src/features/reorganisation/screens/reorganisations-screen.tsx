"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { IconBinaryTree, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import staff from "../../staff/components/staff.module.css";
import { ReorganisationState } from "../components/reorganisation-state";

/** Every reorganisation: what is drawn up, what waits for its day, and what was done. */
export function ReorganisationsScreen() {
  const t = useTranslations("reorganisation");
  const query = useInfiniteQuery(
    useTRPC().directory.listReorganisations.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <div className={staff.page}>
      <AdminHeader
        title={t("title")}
        description={t("description")}
        action={
          <Button component={Link} href="/admin/organisation/new" leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />}>
            {t("make")}
          </Button>
        }
      />
      <PagedItems
        query={query}
        skeleton={{ shape: "rows", count: 6 }}
        room="page"
        empty={<EmptyState icon={IconBinaryTree} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
      >
        {(items) => (
          <ul className={staff.list} aria-label={t("title")}>
            {items.map((item) => (
              <li key={item.id}>
                <Link className={staff.row} href={`/admin/organisation/${item.id}`} prefetch={false}>
                  <span className={staff.grow}>
                    <span className={staff.name}>
                      {item.name}
                      <ReorganisationState {...item} />
                    </span>
                    <span className={staff.muted}>
                      {t("about", { count: item.operations.length, name: item.updatedBy ?? t("unknownPerson") })}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </PagedItems>
    </div>
  );
}
