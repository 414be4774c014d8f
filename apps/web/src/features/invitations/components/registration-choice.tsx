"use client";
import { Radio, Stack } from "@mantine/core";
import { REGISTRATION_MODES, type RegistrationMode } from "@maru/api/identity/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useInvitationChange } from "./use-invitation-change";

/** Who may make an account. It counts from the moment at which it is chosen. */
export function RegistrationChoice() {
  const t = useTranslations("invitations");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { done, failed } = useInvitationChange();
  const { data, error, refetch } = useQuery(trpc.identity.getRegistration.queryOptions({}));
  const { mutate, isPending, variables } = useMutation(
    trpc.identity.setRegistration.mutationOptions({ onSuccess: () => done(t("modeSaved")), onError: failed }),
  );
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonList shape="rows" count={3} label={shell("loading")} />;
  return (
    <Radio.Group
      label={t("mode")}
      value={isPending ? variables.mode : data.mode}
      onChange={(mode) => mutate({ mode: mode as RegistrationMode })}
    >
      <Stack gap={8} mt={8}>
        {REGISTRATION_MODES.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={t(`modes.${mode}.label`)}
            description={t(`modes.${mode}.description`)}
            disabled={isPending}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
