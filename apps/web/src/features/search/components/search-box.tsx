"use client";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { hrefOfSearch } from "../search-place";

const TYPING_PAUSE_MS = 200;

/** Searches while one types, half-typed syllables included, and the address follows. */
export function SearchBox({ asked }: { readonly asked: string }) {
  const t = useTranslations("search");
  const router = useRouter();
  const inputRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(asked);
  const go = useDebouncedCallback((query: string) => router.replace(hrefOfSearch(query), { scroll: false }), TYPING_PAUSE_MS);
  // The address may change without the box: back, or a search from the header. Whoever is typing is not interrupted.
  useEffect(() => {
    if (document.activeElement !== inputRef.current) setText(asked);
  }, [asked]);
  const change = (next: string) => {
    setText(next);
    go(next);
  };
  const clear = () => {
    change("");
    inputRef.current?.focus();
  };
  return (
    <TextInput
      ref={inputRef}
      type="search"
      size="md"
      aria-label={t("label")}
      placeholder={t("placeholder")}
      maxLength={50}
      autoComplete="off"
      leftSection={<IconSearch size={18} stroke={1.5} aria-hidden />}
      rightSection={text ? <CloseButton aria-label={t("clear")} onClick={clear} /> : null}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
