"use client";
import { Alert, Button } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { copyText } from "../../../shell/copy-text";
import classes from "./told-codes.module.css";

type ToldCodesProps = { readonly codes: readonly string[]; readonly onClose: () => void };

/** Recovery codes that were just made, the one time that they can be read. */
export function ToldCodes({ codes, onClose }: ToldCodesProps) {
  const t = useTranslations("account.security");
  const [isCopied, setCopied] = useState(false);
  const Sign = isCopied ? IconCheck : IconCopy;
  return (
    <Alert
      className={classes.told}
      color="pine"
      icon={<IconKey size={20} stroke={1.5} />}
      title={t("codesTitle")}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      <p>{t("codesDescription")}</p>
      <ul className={classes.codes} aria-label={t("recovery")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        leftSection={<Sign size={18} stroke={1.5} aria-hidden />}
        onClick={() => void copyText(codes.join("\n")).then(setCopied)}
      >
        {t(isCopied ? "copied" : "copy")}
      </Button>
    </Alert>
  );
}
