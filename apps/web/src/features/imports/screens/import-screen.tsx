"use client";
import { Alert, Button } from "@mantine/core";
import type { ImportView } from "@maru/api/sync/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import tables from "../../sync/components/sync.module.css";
import { isUnderWay } from "../../sync/hooks/use-words";
import { ColumnsStep } from "../components/columns-step";
import { ExportCard } from "../components/export-card";
import { FileStep } from "../components/file-step";
import { ImportOutcome, lastOf } from "../components/import-outcome";
import { ImportRows } from "../components/import-rows";
import { ImportSteps } from "../components/import-steps";
import { PastImports } from "../components/past-imports";
import { useImport } from "../hooks/use-import";
import { readImportId, stepOf } from "../import-place";

/** People out of a file and into one: chosen, understood, looked at, done, and taken back. */
export function ImportScreen() {
  const t = useTranslations("imports");
  const id = readImportId(Object.fromEntries(useSearchParams()));
  const again = (
    <Button component={Link} href="/admin/people/import" variant="default">
      {t("another")}
    </Button>
  );
  return (
    <div className={tables.page}>
      <AdminHeader title={t("title")} description={t("description")} action={id ? again : undefined} />
      {id ? <Import key={id} id={id} /> : <Start />}
    </div>
  );
}

function Start() {
  return (
    <>
      <ImportSteps current="file" />
      <FileStep />
      <ExportCard />
      <PastImports />
    </>
  );
}

function Import({ id }: { readonly id: string }) {
  const shell = useTranslations("shell");
  const { data: view, error, refetch } = useImport(id);
  if (error && !view) return <QueryError error={error} onRetry={() => void refetch()} room="page" headingLevel={2} />;
  if (!view) return <SkeletonList shape="rows" count={8} label={shell("loading")} />;
  return (
    <>
      <ImportSteps current={stepOf(view)} />
      <Unread view={view} />
      <ImportOutcome view={view} />
      {view.found && !view.run ? <ColumnsStep view={view} found={view.found} /> : null}
      <Rows view={view} />
    </>
  );
}

/** A file that is still being looked into, or that can't be read at all. */
function Unread({ view: { found, fault, faultRow, fileName } }: { readonly view: ImportView }) {
  const t = useTranslations("imports");
  const shell = useTranslations("shell");
  if (found) return null;
  if (fault === null) return <SkeletonList shape="rows" count={4} label={shell("loading")} />;
  const code = fault.slice(fault.indexOf(".") + 1);
  const known = t.has(`faults.${code}`) ? code : "unreadable";
  return (
    <Alert color="safflower" title={t("faultTitle", { name: fileName })} role="alert">
      {faultRow === null ? null : t("faultRow", { row: faultRow })} {t(`faults.${known}`)}
    </Alert>
  );
}

function Rows({ view }: { readonly view: ImportView }) {
  const name = lastOf(view);
  const run = name && view[name];
  if (!name || !run || (isUnderWay(run) && run.state !== "APPLYING" && run.state !== "LINKING")) return null;
  return <ImportRows key={`${run.id} ${run.state}`} view={view} step={name} />;
}
