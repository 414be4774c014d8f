"use client";
import { Button, PasswordInput } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { IconBuilding } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useAccount } from "../../../shell/account";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import classes from "./account-screens.module.css";

const EMPTY = { current: "", next: "" };

/** Changes the password, or says where it is changed when a directory keeps it. */
export function PasswordScreen() {
  const t = useTranslations("account.password");
  const { hasPasswordElsewhere } = useAccount();
  return (
    <>
      <PageHeader title={t("title")} description={hasPasswordElsewhere ? undefined : t("description")} />
      {hasPasswordElsewhere ? (
        <EmptyState icon={IconBuilding} title={t("elsewhere.title")} description={t("elsewhere.description")} />
      ) : (
        <PasswordForm />
      )}
    </>
  );
}

/** Everybody else who is signed in with the old one is out; this browser stays. */
function PasswordForm() {
  const t = useTranslations("account.password");
  const { username } = useAccount();
  const [typed, setTyped] = useState(EMPTY);
  const [wasSent, setSent] = useState(false);
  const currentRef = useRef<HTMLInputElement>(null);
  const { change, isChanging, refused, forget } = useChange(() => {
    setTyped(EMPTY);
    setSent(false);
  });
  const missing = { current: typed.current === "", next: typed.next === "" };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (missing.current) currentRef.current?.focus();
    if (!missing.current && !missing.next && !isChanging) change({ currentPassword: typed.current, newPassword: typed.next });
  };
  const set = (part: Partial<typeof EMPTY>) => {
    forget();
    setTyped({ ...typed, ...part });
  };
  const toggle = { "aria-label": t("show"), tabIndex: 0 };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      {/* For the keeper of passwords in the browser: it must know whose password this is. */}
      <input hidden type="text" name="username" autoComplete="username" value={username} readOnly />
      <PasswordInput
        ref={currentRef}
        label={t("current")}
        name="current-password"
        autoComplete="current-password"
        maxLength={1_000}
        value={typed.current}
        onChange={(event) => set({ current: event.currentTarget.value })}
        error={refused.current ?? (wasSent && missing.current ? t("currentMissing") : undefined)}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        label={t("next")}
        description={t("rule")}
        name="new-password"
        autoComplete="new-password"
        maxLength={1_000}
        value={typed.next}
        onChange={(event) => set({ next: event.currentTarget.value })}
        error={refused.next ?? (wasSent && missing.next ? t("nextMissing") : undefined)}
        visibilityToggleButtonProps={toggle}
      />
      <div className={classes.actions}>
        <Button type="submit" loading={isChanging}>
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}

/** What was refused is said at the field that it speaks of. */
const useChange = (onDone: () => void) => {
  const t = useTranslations("account.password");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { mutate, isPending, error, reset } = useMutation(
    trpc.identity.changePassword.mutationOptions({
      onSuccess: ({ ended }) => {
        onDone();
        showToast({ title: t("done"), message: t("ended", { count: ended }), tone: "done" });
        void queryClient.invalidateQueries({ queryKey: trpc.identity.listSessions.queryKey() });
      },
      onError: (failure) => {
        if (fieldOf(failure) !== null) return;
        const { title, description } = errorText(failure);
        showToast({ title, message: description, tone: "wrong" });
      },
    }),
  );
  const field = error ? fieldOf(error) : null;
  const text = field ? errorText(error) : null;
  const sentence = text ? `${text.title}. ${text.description}` : null;
  return {
    change: mutate,
    isChanging: isPending,
    forget: reset,
    refused: { current: field === "current" ? sentence : null, next: field === "next" ? sentence : null },
  };
};

const fieldOf = (error: unknown): "current" | "next" | null => {
  const { code } = failureOf(error);
  if (code === "identity.passwordWrong") return "current";
  return code?.startsWith("identity.password") ? "next" : null;
};
