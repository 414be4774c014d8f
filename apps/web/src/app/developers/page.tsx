import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { maruApp } from "../../server/maru-app";
import { ApiReference } from "./api-reference";
import { readOperations } from "./operations";
import { WORDS } from "./words";

export const metadata: Metadata = { title: "API" };

/** The readable side of /api/v1/openapi.json, written out from the same document on the server. */
export default async function DevelopersPage() {
  const words = WORDS[(await getLocale()) === "en" ? "en" : "ko"];
  const { origin } = maruApp().config;
  return <ApiReference words={words} origin={origin} modules={readOperations(maruApp().openApi())} />;
}
