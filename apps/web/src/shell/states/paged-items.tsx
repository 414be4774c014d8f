"use client";
import { Button } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import classes from "./paged-items.module.css";
import { QueryError } from "./query-error";

/** As much of an infinite query as its states and its next page need. */
type PagedQuery<Item> = {
  readonly data: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly refetch: () => unknown;
  readonly fetchNextPage: () => unknown;
};

type PagedItemsProps<Item> = {
  readonly query: PagedQuery<Item>;
  readonly skeleton: Pick<ComponentProps<typeof SkeletonList>, "shape" | "count">;
  /** How much room a failure takes. */
  readonly room?: ComponentProps<typeof QueryError>["room"];
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
};

/** A list that is read page by page: while it loads, when it can't be read, when there is nothing, and with the button for more. */
export function PagedItems<Item>({ query, skeleton, room, empty, children }: PagedItemsProps<Item>) {
  const shell = useTranslations("shell");
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <SkeletonList {...skeleton} label={shell("loading")} />;
  // What is there stays when only the next page can't be read.
  if (query.isError && items.length === 0) return <QueryError error={query.error} onRetry={() => void query.refetch()} room={room} />;
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      {query.hasNextPage ? (
        <Button className={classes.more} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {shell("more")}
        </Button>
      ) : null}
    </>
  );
}
