"use client";
import { Alert, Button, TextInput } from "@mantine/core";
import type { CreatedPersonalTokenView } from "@maru/api/identity/contract";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { copyText } from "../../../shell/copy-text";
import classes from "./told-token.module.css";

type ToldTokenProps = { readonly token: CreatedPersonalTokenView; readonly onClose: () => void };

/** A token that was just made, the one time that it can be read. */
export function ToldToken({ token, onClose }: ToldTokenProps) {
  const t = useTranslations("account.tokens");
  const [isCopied, setCopied] = useState(false);
  const Sign = isCopied ? IconCheck : IconCopy;
  return (
    <Alert
      className={classes.told}
      color="pine"
      icon={<IconKey size={20} stroke={1.5} />}
      title={t("madeTitle", { name: token.name })}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      <p>{t("madeDescription")}</p>
      <div className={classes.line}>
        <TextInput
          className={classes.field}
          aria-label={t("token")}
          readOnly
          value={token.token}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
        <Button
          variant="default"
          leftSection={<Sign size={18} stroke={1.5} aria-hidden />}
          onClick={() => void copyText(token.token).then(setCopied)}
        >
          {t(isCopied ? "copied" : "copy")}
        </Button>
      </div>
    </Alert>
  );
}
