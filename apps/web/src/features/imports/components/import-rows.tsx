"use client";
import { Button, SegmentedControl } from "@mantine/core";
import type { ImportItemPage, ImportView } from "@maru/api/sync/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconArrowsDiff, IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import tables from "../../sync/components/sync.module.css";
import { useDifferenceWords } from "../../sync/hooks/use-difference-words";
import { useWords } from "../../sync/hooks/use-words";
import { useProblemWords } from "../hooks/use-problem-words";
import classes from "./imports.module.css";

type RowStep = "preview" | "run" | "undo";

/** The rows of a step, with what was before and what comes after; those that can't be taken in alone when asked for. */
export function ImportRows({ view, step }: { readonly view: ImportView; readonly step: RowStep }) {
  const t = useTranslations("imports.rows");
  const [shown, setShown] = useState<"all" | "wrong">("all");
  const wrong = view[step]?.counts.CONFLICT ?? 0;
  const query = useInfiniteQuery(
    useTRPC().sync.listImportItems.infiniteQueryOptions(
      { id: view.id, step, ...(shown === "wrong" ? { status: "CONFLICT" as const } : {}) },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <section className={tables.stack} aria-labelledby="import-rows">
      <div className={tables.historyHead}>
        <h2 className={tables.heading} id="import-rows">
          {t(`titles.${step}`)}
        </h2>
        <div className={classes.actions}>
          <SegmentedControl
            aria-label={t("which")}
            value={shown}
            onChange={(value) => setShown(value as typeof shown)}
            data={[
              { value: "all", label: t("all") },
              { value: "wrong", label: t("wrong", { count: wrong }) },
            ]}
          />
          {view.errorFileId && step === "preview" ? (
            <Button
              component="a"
              variant="default"
              href={`/api/files/${view.errorFileId}`}
              download
              leftSection={<IconDownload size={18} stroke={1.5} aria-hidden />}
            >
              {t("errorFile")}
            </Button>
          ) : null}
        </div>
      </div>
      <PagedItems
        query={query}
        skeleton={{ shape: "rows", count: 6 }}
        empty={<EmptyState icon={IconArrowsDiff} title={t("emptyTitle")} description={t("emptyDescription")} />}
      >
        {(items) => <RowTable items={items} step={step} />}
      </PagedItems>
    </section>
  );
}

type Row = ImportItemPage["items"][number];

function RowTable({ items, step }: { readonly items: readonly Row[]; readonly step: RowStep }) {
  const t = useTranslations("imports.rows");
  const words = useTranslations("sync.items");
  return (
    <table className={tables.table} aria-label={t(`titles.${step}`)}>
      <thead>
        <tr>
          <th scope="col">{t("row")}</th>
          <th scope="col">{words("action")}</th>
          <th scope="col">{words("text")}</th>
          <th scope="col">{words("difference")}</th>
          <th scope="col">{words("status")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <RowLine key={item.seq} item={item} step={step} />
        ))}
      </tbody>
    </table>
  );
}

function RowLine({ item, step }: { readonly item: Row; readonly step: RowStep }) {
  const t = useTranslations("imports.rows");
  const words = useTranslations("sync.items");
  const { status } = useWords();
  const problems = useProblemWords();
  const differences = useDifferenceWords()(item);
  return (
    <tr>
      <td className={tables.nowrap}>{item.row === null ? "" : t("number", { number: item.row })}</td>
      <td className={tables.nowrap}>{words(`actions.${item.action}`)}</td>
      <td className={tables.label}>
        {item.label} <span className={tables.muted}>{item.externalId.startsWith("#") ? "" : item.externalId}</span>
      </td>
      <td className={tables.wide}>
        <dl className={tables.diff}>
          {differences.map(({ field, before, after }) => (
            <div key={field} className={tables.pair}>
              <dt>{field}</dt>
              <dd>
                {before === null ? null : (
                  <>
                    <del>
                      <span className="maru-spoken">{words("before")} </span>
                      {before}
                    </del>{" "}
                    →{" "}
                  </>
                )}
                <ins>
                  <span className="maru-spoken">{words("after")} </span>
                  {after ?? words("nothing")}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
        {item.error
          ? problems(item.error).map((problem) => (
              <p key={problem} className={tables.why}>
                {problem}
              </p>
            ))
          : null}
      </td>
      <td className={tables.nowrap}>
        <StatusBadge
          variant="plain"
          {...(item.status === "CONFLICT" ? { tone: "caution", label: t("left") } : status(item, step === "preview"))}
        />
      </td>
    </tr>
  );
}
