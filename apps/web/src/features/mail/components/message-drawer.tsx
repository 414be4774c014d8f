"use client";
import { Drawer } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import classes from "../screens/mailbox-screen.module.css";

/** One mail with what it says. To open it is an act that stands on the record, so it is asked for once each time. */
export function MessageDrawer({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const t = useTranslations("mail");
  const shell = useTranslations("shell");
  const { mutate, data, error } = useMutation(useTRPC().mail.openMessage.mutationOptions());
  useEffect(() => {
    if (id !== null) mutate({ id });
  }, [id, mutate]);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={data?.id === id ? data?.subject : t("opening")}
      closeButtonProps={{ "aria-label": shell("close") }}
    >
      {error ? <QueryError error={error} onRetry={() => id !== null && mutate({ id })} /> : null}
      {!error && data?.id !== id ? <SkeletonList shape="rows" count={4} label={shell("loading")} /> : null}
      {data && data.id === id ? (
        <article>
          <p>{t("to", { recipient: data.recipient })}</p>
          <p className={classes.text}>
            <Linked text={data.text} />
          </p>
        </article>
      ) : null}
    </Drawer>
  );
}

const ADDRESS = /(https?:\/\/\S+)/;

/** The addresses in a text as links; everything else is text. */
function Linked({ text }: { readonly text: string }) {
  // Every second part is what the pattern has caught; a text has each part at one place, which is its key.
  return text.split(ADDRESS).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
