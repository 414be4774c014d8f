"use client";
import { Radio } from "@mantine/core";
import { FACTOR_RULES, type RoleView, type FactorRule as Rule } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { useRightsChange } from "../hooks/use-rights-change";
import classes from "./rights.module.css";

/** What a role asks of its holders in matters of second factors. It is saved at once, apart from the role's rights. */
export function FactorRule({ role }: { readonly role: RoleView }) {
  const t = useTranslations("rights.factorRule");
  const trpc = useTRPC();
  const { refresh, tellError } = useRightsChange();
  const saved = () => {
    showToast({ title: t("saved"), tone: "done" });
    void refresh();
  };
  const { mutate, isPending } = useMutation(trpc.identity.setFactorRule.mutationOptions({ onSuccess: saved, onError: tellError }));
  return (
    <PortletCard title={t("title")}>
      <Radio.Group value={role.factorRule} onChange={(rule) => mutate({ id: role.id, rule: rule as Rule })} aria-label={t("title")}>
        <div className={classes.choices}>
          {FACTOR_RULES.map((rule) => (
            <Radio
              key={rule}
              value={rule}
              label={t(`${rule}.label`)}
              description={t(`${rule}.description`)}
              disabled={isPending || !role.can.assign}
            />
          ))}
        </div>
      </Radio.Group>
    </PortletCard>
  );
}
