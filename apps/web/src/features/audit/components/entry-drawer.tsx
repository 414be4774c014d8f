"use client";
import { Button, Drawer, Table } from "@mantine/core";
import type { EntryDetailView } from "@maru/api/audit/contract";
import { DateTime } from "@maru/ui/date-time";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { type AuditPlace, EVERYTHING } from "../audit-place";
import { useWords } from "../hooks/use-words";
import { Actor } from "./audit-table";
import classes from "./entry-drawer.module.css";

type EntryDrawerProps = {
  readonly id: string | null;
  readonly onClose: () => void;
  /** Looks at everything of one person or one record instead. */
  readonly onGo: (place: AuditPlace) => void;
};

/** One entry with what it changed. */
export function EntryDrawer({ id, onClose, onGo }: EntryDrawerProps) {
  const t = useTranslations("audit.entry");
  const shell = useTranslations("shell");
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t("title")}
      closeButtonProps={{ "aria-label": shell("close") }}
    >
      {id === null ? null : <Entry id={id} onGo={onGo} />}
    </Drawer>
  );
}

function Entry({ id, onGo }: { readonly id: string; readonly onGo: EntryDrawerProps["onGo"] }) {
  const t = useTranslations("audit.entry");
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery(useTRPC().audit.getEntry.queryOptions({ id }));
  if (isPending) return <SkeletonList shape="rows" count={6} label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  const { actor, subjectType, subjectId } = data;
  return (
    <div className={classes.entry}>
      <Facts entry={data} />
      {data.changes.length > 0 ? <Changes entry={data} /> : null}
      {data.facts.length > 0 ? (
        <section>
          <h3 className={classes.heading}>{t("details")}</h3>
          <dl className={classes.facts}>
            {data.facts.map(({ field, value }) => (
              <Fact key={field} name={field}>
                {value}
              </Fact>
            ))}
          </dl>
        </section>
      ) : null}
      <div className={classes.more}>
        <Button variant="default" onClick={() => onGo({ ...EVERYTHING, subjectType, subjectId })}>
          {t("sameSubject")}
        </Button>
        {actor ? (
          <Button variant="default" onClick={() => onGo({ ...EVERYTHING, actorId: actor.id })}>
            {t("samePerson")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Facts({ entry }: { readonly entry: EntryDetailView }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const words = useWords();
  return (
    <dl className={classes.facts}>
      <Fact name={t("columns.when")}>
        <DateTime iso={entry.at} locale={locale} form="full" />
      </Fact>
      <Fact name={t("columns.who")}>
        <Actor entry={entry} />
      </Fact>
      <Fact name={t("columns.action")}>
        {words.action(entry.action)} <code className={classes.code}>{entry.action}</code>
      </Fact>
      <Fact name={t("columns.subject")}>
        {words.subject(entry.subjectType)} {words.named(entry)} <code className={classes.code}>{entry.subjectId}</code>
      </Fact>
      <Fact name={t("columns.seq")}>
        {entry.seq === null || entry.sealedAt === null ? (
          t("entry.waits")
        ) : (
          <>
            {entry.seq} · <DateTime iso={entry.sealedAt} locale={locale} form="full" />
          </>
        )}
      </Fact>
      {entry.requestId ? (
        <Fact name={t("entry.request")}>
          <code className={classes.code}>{entry.requestId}</code>
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Changes({ entry }: { readonly entry: EntryDetailView }) {
  const t = useTranslations("audit.entry");
  return (
    <section>
      <h3 className={classes.heading}>{t("changes")}</h3>
      <Table layout="fixed" aria-label={t("changes")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("field")}</Table.Th>
            <Table.Th>{t("before")}</Table.Th>
            <Table.Th>{t("after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entry.changes.map(({ field, before, after }) => (
            <Table.Tr key={field}>
              <Table.Th scope="row">{field}</Table.Th>
              <Table.Td className={classes.value}>
                {before === null ? <Nothing /> : <del className={classes.before}>{before}</del>}
              </Table.Td>
              <Table.Td className={classes.value}>{after === null ? <Nothing /> : <ins className={classes.after}>{after}</ins>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Nothing() {
  return <span className={classes.nothing}>{useTranslations("audit.entry")("nothing")}</span>;
}
