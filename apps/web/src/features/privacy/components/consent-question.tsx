"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";

// Nearly every visit passes without it.
const ConsentDialog = dynamic(() => import("./consent-dialog").then((module) => module.ConsentDialog), { ssr: false });

/**
 * Stands on every page and asks for what is required and was not agreed to, once a visit. A visit begins when the page is loaded; nobody is
 * interrupted in the middle of one.
 */
export function ConsentQuestion() {
  const [isPutOff, setPutOff] = useState(false);
  const { data } = useQuery({
    ...useTRPC().privacy.listConsents.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  const missing = data?.documents.filter(({ isRequired, givenAt }) => isRequired && givenAt === null) ?? [];
  return missing.length > 0 && !isPutOff ? <ConsentDialog documents={missing} onLater={() => setPutOff(true)} /> : null;
}
