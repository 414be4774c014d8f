"use client";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { hrefOfPlace } from "../people-place";

const TYPING_PAUSE_MS = 200;

/** The search box of the directory: it searches while one types, half-typed syllables included, and the address follows. */
export function PeopleSearch({ asked }: { readonly asked: string }) {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const router = useRouter();
  const inputRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(asked);
  const go = useDebouncedCallback(
    (query: string) => router.replace(hrefOfPlace({ departmentId: null, query: query.trim(), page: 1 }), { scroll: false }),
    TYPING_PAUSE_MS,
  );
  // The address may change without the box: back, or a department in the tree. Whoever is typing is not interrupted.
  useEffect(() => {
    if (document.activeElement !== inputRef.current) setText(asked);
  }, [asked]);
  const change = (next: string) => {
    setText(next);
    go(next);
  };
  return (
    <TextInput
      ref={inputRef}
      type="search"
      size="md"
      aria-label={t("searchLabel")}
      placeholder={t("search")}
      maxLength={50}
      autoComplete="off"
      leftSection={<IconSearch size={18} stroke={1.5} aria-hidden />}
      rightSection={
        text ? (
          <CloseButton
            aria-label={shell("close")}
            onClick={() => {
              change("");
              inputRef.current?.focus();
            }}
          />
        ) : null
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
