"use client";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { IconMailbox } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import { MessageDrawer } from "../components/message-drawer";
import classes from "./mailbox-screen.module.css";

/** What would have been sent, had there been a mail server: so a newcomer can finish a reset without one. */
export function MailboxScreen() {
  const t = useTranslations("mail");
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} />
      <Messages onOpen={setOpenId} />
      <MessageDrawer id={openId} onClose={() => setOpenId(null)} />
    </div>
  );
}

function Messages({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const t = useTranslations("mail");
  const locale = useLocale();
  const query = useInfiniteQuery({
    ...useTRPC().mail.listMessages.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
    refetchOnMount: "always",
  });
  return (
    <PagedItems
      query={query}
      skeleton={{ shape: "rows", count: 8 }}
      room="page"
      empty={<EmptyState icon={IconMailbox} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
    >
      {(messages) => (
        <ul className={classes.list} aria-label={t("title")}>
          {messages.map(({ id, subject, recipient, createdAt }) => (
            <li key={id} className={classes.row}>
              <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                {subject}
              </button>
              <span className={classes.when}>
                <DateTime iso={createdAt} locale={locale} form="full" />
              </span>
              <span className={classes.recipient}>{recipient}</span>
            </li>
          ))}
        </ul>
      )}
    </PagedItems>
  );
}
