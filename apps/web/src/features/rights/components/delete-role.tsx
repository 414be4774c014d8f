"use client";
import { Button, Group, Modal } from "@mantine/core";
import type { RoleView } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { useRightsChange } from "../hooks/use-rights-change";
import { useNameOf } from "../hooks/use-words";
import classes from "./rights.module.css";

/** Deletes a role that nobody has, once somebody has agreed to it. */
export function DeleteRole({ role }: { readonly role: RoleView }) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const nameOf = useNameOf();
  const router = useRouter();
  const trpc = useTRPC();
  const { refresh, tellError } = useRightsChange();
  const [isAsked, setIsAsked] = useState(false);
  const remove = useMutation(
    trpc.identity.deleteRole.mutationOptions({
      onSuccess: () => {
        showToast({ title: t("deleted"), tone: "done" });
        router.replace("/admin/rights");
        void refresh();
      },
      onError: (error) => {
        setIsAsked(false);
        tellError(error);
      },
    }),
  );
  return (
    <>
      <Button variant="default" onClick={() => setIsAsked(true)}>
        {t("deleteRole")}
      </Button>
      <Modal
        opened={isAsked}
        onClose={() => setIsAsked(false)}
        title={t("deleteTitle", { name: nameOf(role) })}
        closeButtonProps={{ "aria-label": shell("close") }}
      >
        <div className={classes.stack}>
          <p>{t("deleteDescription")}</p>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={() => setIsAsked(false)} data-autofocus>
              {t("cancel")}
            </Button>
            <Button color="safflower" loading={remove.isPending} onClick={() => remove.mutate({ id: role.id, version: role.version })}>
              {t("deleteRole")}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
