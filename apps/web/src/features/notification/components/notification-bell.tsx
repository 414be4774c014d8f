"use client";
import { VisuallyHidden } from "@mantine/core";
import type { NotificationView } from "@maru/api/notification/contract";
import { CountBadge } from "@maru/ui/count-badge";
import { IconBell } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { usePanel } from "../../../shell/use-panel";
import { useInbox } from "../hooks/use-inbox";
import { useNotificationStream } from "../hooks/use-notification-stream";
import classes from "./notification-bell.module.css";
import { useNotificationText } from "./notification-sentence";

const loadPanel = () => import("./notification-panel");
const NotificationPanel = dynamic(loadPanel, { ssr: false });

/** More than this at once, after a lost connection, is one toast with their number. */
const TOASTS_AT_ONCE = 3;

/** The bell of the header: how many are new, live, and the latest ones at a press. */
export function NotificationBell() {
  const t = useTranslations("notification");
  const inbox = useInbox();
  const unseen = inbox?.unseen ?? 0;
  const { isOpen, toggle, close, anchorRef } = usePanel();
  useNotificationStream(inbox, useToastsOfNotifications(isOpen));
  const preload = () => void loadPanel();
  return (
    <div className={classes.anchor} ref={anchorRef}>
      <button
        type="button"
        className={classes.bell}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={toggle}
        onPointerEnter={preload}
        onFocus={preload}
      >
        <IconBell size={20} stroke={1.5} aria-hidden />
        <VisuallyHidden>{unseen > 0 ? `${t("bell")}, ${t("unseen", { count: unseen })}` : t("bell")}</VisuallyHidden>
        <span className={classes.badge} aria-hidden data-unseen={unseen}>
          <CountBadge count={unseen} />
        </span>
      </button>
      {isOpen ? <NotificationPanel onClose={close} /> : null}
    </div>
  );
}

/** New ones appear at the edge of the page, unless the open panel shows them anyway or nobody looks at this tab. */
const useToastsOfNotifications = (isPanelOpen: boolean) => {
  const t = useTranslations("notification");
  const textOf = useNotificationText();
  return useCallback(
    (fresh: readonly NotificationView[]) => {
      if (isPanelOpen || document.visibilityState === "hidden") return;
      if (fresh.length > TOASTS_AT_ONCE) {
        showToast({
          id: "notifications",
          title: t("manyTitle", { count: fresh.length }),
          message: t("manyDescription"),
          href: "/notifications",
        });
        return;
      }
      for (const notification of fresh) {
        const { id, title, excerpt, href } = notification;
        showToast({ id, title: textOf(notification), message: title || excerpt, href });
      }
    },
    [isPanelOpen, t, textOf],
  );
};
