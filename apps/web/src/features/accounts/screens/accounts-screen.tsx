"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { IconPlus, IconUserSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import { type AccountsPlace, hrefOfPlace, listInput, readPlace } from "../accounts-place";
import { AccountFilters } from "../components/account-filters";
import { AccountRow } from "../components/account-row";
import { NewAccountDialog } from "../components/new-account-dialog";
import classes from "./accounts-screen.module.css";

/** Who can sign in: found, made, disabled and enabled again. */
export function AccountsScreen() {
  const t = useTranslations("accounts");
  const router = useRouter();
  const place = readPlace(Object.fromEntries(useSearchParams()));
  const [isMaking, setMaking] = useState(false);
  return (
    <div className={classes.page}>
      <AdminHeader
        title={t("title")}
        description={t("description")}
        action={
          <Button leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} onClick={() => setMaking(true)}>
            {t("make.open")}
          </Button>
        }
      />
      <AccountFilters place={place} onChange={(next) => router.replace(hrefOfPlace(next), { scroll: false })} />
      <Accounts place={place} />
      <NewAccountDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </div>
  );
}

function Accounts({ place }: { readonly place: AccountsPlace }) {
  const t = useTranslations("accounts");
  const query = useInfiniteQuery(
    useTRPC().identity.listAccounts.infiniteQueryOptions(listInput(place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <PagedItems
      query={query}
      skeleton={{ shape: "rows", count: 12 }}
      room="page"
      empty={<EmptyState icon={IconUserSearch} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
    >
      {(accounts) => (
        <ul className={classes.list} aria-label={t("title")}>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </ul>
      )}
    </PagedItems>
  );
}
