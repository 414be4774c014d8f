"use client";
import { CloseButton } from "@mantine/core";
import { IconAlertCircle, IconBell, IconCircleCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import classes from "./toast.module.css";
import { closeToast, type Toast, useToasts } from "./toast-store";

const STAYS_MS = 7_000;
const ICONS = { news: IconBell, done: IconCircleCheck, wrong: IconAlertCircle };

/** Where toasts appear. It is in the page from the start: a live region that arrives with its text is not read out. */
export function ToastRegion() {
  const t = useTranslations("shell");
  const toasts = useToasts();
  return (
    <section className={classes.region} aria-label={t("toasts")} aria-live="polite" aria-relevant="additions text" data-print="hidden">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const t = useTranslations("shell");
  const { id, title, message, tone = "news", href } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || tone === "wrong") return;
    const timer = setTimeout(() => closeToast(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, held, tone]);
  const Icon = ICONS[tone];
  const words = (
    <>
      <span className={classes.title}>{title}</span>
      {message ? <span className={classes.message}>{message}</span> : null}
    </>
  );
  // Who reads or is about to click is not hurried.
  const hold = {
    onPointerEnter: () => setHeld(true),
    onPointerLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  return (
    <div className={classes.toast} data-tone={tone} {...hold}>
      <Icon className={classes.icon} size={20} stroke={1.5} aria-hidden />
      {href ? (
        <Link className={classes.words} href={href} onClick={() => closeToast(id)}>
          {words}
        </Link>
      ) : (
        <div className={classes.words}>{words}</div>
      )}
      <CloseButton size="sm" aria-label={t("closeToast")} onClick={() => closeToast(id)} />
    </div>
  );
}
