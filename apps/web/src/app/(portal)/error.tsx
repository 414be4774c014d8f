"use client";
import { BrokenState } from "../../shell/states/page-states";

export default function ErrorPage({ error, reset }: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  return <BrokenState digest={error.digest} onRetry={reset} />;
}
