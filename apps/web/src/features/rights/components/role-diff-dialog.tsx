"use client";
import { Alert, Button, Group, Modal } from "@mantine/core";
import type { RolePreview } from "@maru/api/identity/contract";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconShieldLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { usePermissionWords } from "../hooks/use-words";
import type { RoleDraft } from "../role-draft";
import classes from "./rights.module.css";

type RoleDiffDialogProps = {
  readonly roleId: string | null;
  readonly draft: RoleDraft;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
};

/** What would come and go, and for whom, before it is saved. Asked anew each time: people get and lose roles meanwhile. */
export function RoleDiffDialog({ roleId, draft, isSaving, onSave, onClose }: RoleDiffDialogProps) {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const input = { ...(roleId ? { id: roleId } : {}), permissions: [...draft.permissions], includedIds: [...draft.includedIds] };
  const { data, error, refetch } = useQuery(trpc.identity.previewRoleChange.queryOptions(input, { gcTime: 0, staleTime: 0 }));
  return (
    <Modal opened onClose={onClose} title={t("diffTitle")} closeButtonProps={{ "aria-label": shell("close") }}>
      <div className={classes.stack}>
        {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
        {!error && !data ? <SkeletonList shape="rows" count={3} label={shell("loading")} /> : null}
        {data ? <Diff preview={data} /> : null}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("backToEdit")}
          </Button>
          <Button onClick={onSave} loading={isSaving} disabled={!data} data-autofocus>
            {t("save")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

function Diff({ preview }: { readonly preview: RolePreview }) {
  const t = useTranslations("rights");
  const { added, removed, people, gaining, losing, examples } = preview;
  const isProtected = [...added, ...removed].includes("identity.manage-roles");
  return (
    <>
      {added.length + removed.length === 0 ? <p>{t("diffNothing")}</p> : null}
      <Keys title={t("diffAdded", { count: added.length })} keys={added} look={classes.added} />
      <Keys title={t("diffRemoved", { count: removed.length })} keys={removed} look={classes.removed} />
      {isProtected ? (
        <Alert color="gardenia" icon={<IconShieldLock size={20} stroke={1.5} aria-hidden />}>
          {t("protectedHint")}
        </Alert>
      ) : null}
      <div>
        <p className={classes.name}>{t("diffPeople", { count: people })}</p>
        {people > 0 ? <p className={classes.muted}>{t("diffTurns", { gaining, losing })}</p> : null}
        {people > 0 ? (
          <ul className={classes.list}>
            {examples.map((person) => (
              <li key={person.id}>
                <PersonLabel person={person} withDepartment />
              </li>
            ))}
            {people > examples.length ? <li>{t("andMore", { count: people - examples.length })}</li> : null}
          </ul>
        ) : null}
      </div>
    </>
  );
}

type KeysProps = { readonly title: string; readonly keys: readonly string[]; readonly look?: string };

/** Permissions by name, below what became of them. */
export function Keys({ title, keys, look }: KeysProps) {
  const words = usePermissionWords();
  if (keys.length === 0) return null;
  return (
    <div>
      <p className={look}>{title}</p>
      <ul className={classes.list}>
        {keys.map((key) => (
          <li key={key}>{words(key).name}</li>
        ))}
      </ul>
    </div>
  );
}
