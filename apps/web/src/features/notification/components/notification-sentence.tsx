"use client";
import type { NotificationView } from "@maru/api/notification/contract";
import { formatPersonName } from "@maru/ui/person-name/format";
import { useLocale, useTranslations } from "next-intl";

/** Who did what, with the name standing out. */
export function NotificationSentence({ notification }: { readonly notification: NotificationView }) {
  const t = useTranslations("notification");
  const name = useActorName(notification);
  return t.rich(`topics.${notification.topic}`, { name, b: (chunks) => <strong>{chunks}</strong> });
}

/** The same sentence as plain text, for toasts. */
export const useNotificationText = () => {
  const t = useTranslations("notification");
  const locale = useLocale();
  return ({ topic, actor }: NotificationView) =>
    t.markup(`topics.${topic}`, {
      name: actor ? formatPersonName(actor, { locale, honorific: true }) : t("someone"),
      b: (chunks) => chunks,
    });
};

const useActorName = ({ actor }: NotificationView) => {
  const t = useTranslations("notification");
  const locale = useLocale();
  return actor ? formatPersonName(actor, { locale, honorific: true }) : t("someone");
};
