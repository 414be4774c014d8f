"use client";
import type { NotificationView } from "@maru/api/notification/contract";
import { useNow } from "@maru/ui/clock";
import { formatDateTime } from "@maru/ui/date-time/format";
import { useLocale, useTranslations } from "next-intl";
import { groupByDay } from "../group-by-day";
import classes from "./notification-days.module.css";
import { NotificationItem } from "./notification-item";

/** A card for each day, today's first. */
export function NotificationDays({ notifications }: { readonly notifications: readonly NotificationView[] }) {
  const t = useTranslations("notification");
  const locale = useLocale();
  const now = useNow();
  const dayOf = (iso: string) => formatDateTime(iso, { locale, form: "date" });
  const today = now ? dayOf(now) : null;
  return groupByDay(notifications, dayOf).map(({ day, items }) => (
    <section key={day} className={classes.day}>
      <h2 className={classes.title}>{day === today ? t("today") : day}</h2>
      <div className={classes.card}>
        {items.map((notification) => (
          <NotificationItem key={notification.id} notification={notification} />
        ))}
      </div>
    </section>
  ));
}
