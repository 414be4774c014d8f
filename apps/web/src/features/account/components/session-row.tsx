"use client";
import { Button } from "@mantine/core";
import type { SessionView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconApi, IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { signOutEverywhere } from "../../../shell/frame/sign-out";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import { useDeviceName } from "../hooks/use-device-name";
import classes from "./account-row.module.css";

const isPhone = (system: string | null) => system === "iOS" || system === "iPadOS" || system === "Android";
const iconOf = ({ kind, system }: SessionView) => {
  if (kind === "API") return IconApi;
  return isPhone(system) ? IconDeviceMobile : IconDeviceDesktop;
};

/** One session: by which device, from where, and when it was used. */
export function SessionRow({ session }: { readonly session: SessionView }) {
  const t = useTranslations("account.sessions");
  const locale = useLocale();
  const trpc = useTRPC();
  const name = useDeviceName()(session);
  const { done, failed } = useAccountChange(trpc.identity.listSessions.queryKey());
  const end = useMutation(trpc.identity.revokeSession.mutationOptions({ onSuccess: () => done(t("ended"), name), onError: failed }));
  const Icon = iconOf(session);
  return (
    <li className={classes.row}>
      <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>
          {name}
          {session.isCurrent ? <StatusBadge tone="done" label={t("current")} /> : null}
          {session.kind === "API" ? <StatusBadge tone="neutral" label={t("api")} /> : null}
        </p>
        <p className={classes.about}>
          {session.address ?? t("unknownPlace")}
          {" · "}
          {t("lastUsed")} <DateTime iso={session.lastUsedAt} locale={locale} form="relative" />
        </p>
        <p className={classes.about}>
          {t("signedIn")} <DateTime iso={session.createdAt} locale={locale} />
        </p>
      </div>
      {session.isCurrent ? (
        <Button size="xs" variant="default" onClick={() => void signOutEverywhere()}>
          {t("signOut")}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t("endNamed", { name })}
          onClick={() => end.mutate({ id: session.id })}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}
