"use client";
import { Button } from "@mantine/core";
import type { ProviderName } from "@maru/api/federation/contract";
import { useTranslations } from "next-intl";
import { ProviderIcon } from "../../../shell/provider-icon";
import classes from "./sign-in-form.module.css";

type ProviderButtonsProps = {
  readonly providers: readonly ProviderName[];
  readonly isBusy: boolean;
  readonly onChoose: (provider: ProviderName) => void;
};

/** The other ways into the house, as far as they are set up. */
export function ProviderButtons({ providers, isBusy, onChoose }: ProviderButtonsProps) {
  const t = useTranslations("identity.external");
  if (providers.length === 0) return null;
  return (
    <div className={classes.form}>
      <p className={classes.or}>{t("or")}</p>
      {providers.map((provider) => (
        <Button
          key={provider}
          variant="default"
          size="md"
          fullWidth
          disabled={isBusy}
          leftSection={<ProviderIcon provider={provider} />}
          onClick={() => onChoose(provider)}
        >
          {t("with", { provider: t(provider) })}
        </Button>
      ))}
    </div>
  );
}
