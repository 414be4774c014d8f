"use client";
import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { EmptyState } from "@maru/ui/empty-state";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconSearch, IconUserSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import classes from "./rights.module.css";

const TYPING_PAUSE_MS = 200;
const FOUND_AT_MOST = 20;

/** Finds the person whose rights one wants to see, while one types. */
export function PersonFinder() {
  const t = useTranslations("rights");
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  return (
    <>
      <TextInput
        type="search"
        size="md"
        aria-label={t("findPerson")}
        placeholder={t("findPlaceholder")}
        maxLength={50}
        autoComplete="off"
        leftSection={<IconSearch size={18} stroke={1.5} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {query === "" ? (
        <EmptyState icon={IconUserSearch} room="page" title={t("findPerson")} description={t("findHint")} />
      ) : (
        <Found query={query} />
      )}
    </>
  );
}

function Found({ query }: { readonly query: string }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const input = { q: query, limit: FOUND_AT_MOST, includeResigned: true };
  const { data, error, refetch } = useQuery(trpc.directory.searchPeople.queryOptions(input, { placeholderData: keepPreviousData }));
  if (error) return <QueryError error={error} onRetry={() => void refetch()} room="page" />;
  if (!data) return <SkeletonList shape="rows" count={4} label={shell("loading")} />;
  if (data.length === 0) return <EmptyState room="page" title={t("notFound", { query })} description={t("notFoundDescription")} />;
  return (
    <PortletCard title={t("tabPeople")} isFlush>
      <ul className={classes.rows}>
        {data.map((person) => (
          <li key={person.id}>
            <Link className={classes.row} href={`/admin/rights/people/${person.id}`} prefetch={false}>
              <PersonAvatar person={person} size={32} />
              <span className={classes.grow}>
                <PersonLabel person={person} withDepartment strong />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
