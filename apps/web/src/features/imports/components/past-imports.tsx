"use client";
import type { ImportView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconFileImport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import tables from "../../sync/components/sync.module.css";
import { useWords } from "../../sync/hooks/use-words";
import { hrefOfImport } from "../import-place";
import { lastOf } from "./import-outcome";
import classes from "./imports.module.css";

/** The files that were read in, the latest first: each leads to its rows, and to where it can be taken back. */
export function PastImports() {
  const t = useTranslations("imports.past");
  const query = useInfiniteQuery(useTRPC().sync.listImports.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }));
  return (
    <section className={tables.stack} aria-labelledby="past-imports">
      <h2 className={tables.heading} id="past-imports">
        {t("title")}
      </h2>
      <PagedItems
        query={query}
        skeleton={{ shape: "rows", count: 3 }}
        empty={<EmptyState icon={IconFileImport} title={t("emptyTitle")} description={t("emptyDescription")} />}
      >
        {(items) => (
          <ul className={tables.list}>
            {items.map((view) => (
              <Past key={view.id} view={view} />
            ))}
          </ul>
        )}
      </PagedItems>
    </section>
  );
}

function Past({ view }: { readonly view: ImportView }) {
  const t = useTranslations("imports.past");
  const outcome = useTranslations("imports.outcome");
  const locale = useLocale();
  const words = useWords();
  const name = lastOf(view);
  const run = name && view[name];
  return (
    <li className={classes.past}>
      <Link href={hrefOfImport(view.id)}>{view.fileName}</Link>
      <span className={tables.muted}>
        <DateTime iso={view.uploadedAt} locale={locale} />
      </span>
      <span>
        {name && run ? (
          <>
            {outcome(`titles.${name}`)} <StatusBadge variant="plain" {...words.run(run)} />
          </>
        ) : (
          t(view.fault ? "unreadable" : "untouched")
        )}
      </span>
    </li>
  );
}
