"use client";
import { Alert, Button, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { copyText } from "../../../shell/copy-text";
import classes from "./told-token.module.css";

type ToldTokenProps = {
  readonly title: string;
  readonly description: string;
  /** What the secret is called. */
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
};

/** A secret that was just made, the one time that it can be read. */
export function ToldToken({ title, description, label, secret, onClose }: ToldTokenProps) {
  const t = useTranslations("account.tokens");
  const [isCopied, setCopied] = useState(false);
  const Sign = isCopied ? IconCheck : IconCopy;
  return (
    <Alert
      className={classes.told}
      color="pine"
      icon={<IconKey size={20} stroke={1.5} />}
      title={title}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      <p>{description}</p>
      <div className={classes.line}>
        <TextInput
          className={classes.field}
          aria-label={label}
          readOnly
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
        <Button
          variant="default"
          leftSection={<Sign size={18} stroke={1.5} aria-hidden />}
          onClick={() => void copyText(secret).then(setCopied)}
        >
          {t(isCopied ? "copied" : "copy")}
        </Button>
      </div>
    </Alert>
  );
}
