"use client";
import type { NotificationView } from "@maru/api/notification/contract";
import { DateTime } from "@maru/ui/date-time";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconBell } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useReadNotification } from "../hooks/use-inbox";
import classes from "./notification-item.module.css";
import { NotificationSentence } from "./notification-sentence";

type NotificationItemProps = { readonly notification: NotificationView; readonly onOpen?: () => void };

/** One notification: who, what, about what, when. Opening it leads there and marks it read. */
export function NotificationItem({ notification, onOpen }: NotificationItemProps) {
  const t = useTranslations("notification");
  const locale = useLocale();
  const read = useReadNotification();
  const { actor, title, excerpt, isAvailable, isRead, href, createdAt } = notification;
  const open = () => {
    if (!isRead) read(notification.id);
    onOpen?.();
  };
  return (
    <Link
      className={classes.item}
      href={href}
      data-read={isRead || undefined}
      data-notification={notification.seq}
      onClick={open}
      prefetch={false}
    >
      {actor ? (
        <PersonAvatar person={actor} size={36} />
      ) : (
        <span className={classes.sign}>
          <IconBell size={20} stroke={1.5} aria-hidden />
        </span>
      )}
      <span className={classes.words}>
        <span className={classes.sentence}>
          <NotificationSentence notification={notification} />
        </span>
        <span className={classes.about}>{isAvailable ? title : t("goneTitle")}</span>
        {excerpt && excerpt !== title ? <span className={classes.excerpt}>{excerpt}</span> : null}
        <span className={classes.time}>
          <DateTime iso={createdAt} locale={locale} form="relative" />
        </span>
      </span>
      {isRead ? null : (
        <span className={classes.mark}>
          <span className="maru-spoken">{t("unreadMark")}</span>
        </span>
      )}
    </Link>
  );
}
