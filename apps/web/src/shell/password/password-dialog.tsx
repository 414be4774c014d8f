"use client";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { currentQuestion, subscribeToQuestion } from "../../trpc/password-question";

// Few pages ever ask.
const PasswordFormDialog = dynamic(() => import("./password-form").then((module) => module.PasswordFormDialog), { ssr: false });

/** Stands on every page and opens when a call was refused for want of a recent password. */
export function PasswordDialog() {
  const question = useSyncExternalStore(subscribeToQuestion, currentQuestion, () => null);
  return question ? <PasswordFormDialog question={question} /> : null;
}
