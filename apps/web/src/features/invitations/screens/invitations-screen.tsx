"use client";
import { Button } from "@mantine/core";
import type { InvitationView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { IconMailPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import { InviteForm } from "../components/invite-form";
import { RegistrationChoice } from "../components/registration-choice";
import { useInvitationChange } from "../components/use-invitation-change";
import classes from "./invitations-screen.module.css";

/** Who may make an account, and whom an administrator has invited. */
export function InvitationsScreen() {
  const t = useTranslations("invitations");
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} />
      <RegistrationChoice />
      <InviteForm />
      <Invitations />
    </div>
  );
}

function Invitations() {
  const t = useTranslations("invitations");
  const query = useInfiniteQuery(
    useTRPC().identity.listInvitations.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <PagedItems
      query={query}
      skeleton={{ shape: "rows", count: 4 }}
      empty={<EmptyState icon={IconMailPlus} title={t("emptyTitle")} description={t("emptyDescription")} />}
    >
      {(invitations) => (
        <ul className={classes.list} aria-label={t("open")}>
          {invitations.map((invitation) => (
            <Invitation key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </PagedItems>
  );
}

function Invitation({ invitation: { id, mail, expiresAt } }: { readonly invitation: InvitationView }) {
  const t = useTranslations("invitations");
  const locale = useLocale();
  const { done, failed } = useInvitationChange();
  const { mutate, isPending } = useMutation(
    useTRPC().identity.withdrawInvitation.mutationOptions({ onSuccess: () => done(t("withdrawn")), onError: failed }),
  );
  return (
    <li className={classes.row}>
      <span className={classes.mail}>{mail}</span>
      <span className={classes.until}>
        {expiresAt === null ? (
          t("onItsWay")
        ) : (
          <>
            {t("until")} <DateTime iso={expiresAt} locale={locale} form="full" />
          </>
        )}
      </span>
      <Button variant="default" size="xs" loading={isPending} aria-label={t("withdrawOf", { mail })} onClick={() => mutate({ id })}>
        {t("withdraw")}
      </Button>
    </li>
  );
}
