"use client";
import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import type { Operation, PlannedDepartmentView } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { pathTo } from "../../people/department-tree";
import staff from "../../staff/components/staff.module.css";
import { useNameOf } from "../../staff/hooks/use-name-of";
import { newDepartmentId } from "../new-department-id";
import { targetsFor } from "../planned-tree";
import { MemberPicker } from "./member-picker";

/** What can be done with a chosen department through a dialog; closing it asks for nothing. */
export type StepKind = Exclude<Operation["kind"], "CLOSE">;

type StepDialogProps = {
  readonly kind: StepKind;
  /** The chosen department; null where the first of all is made. */
  readonly department: PlannedDepartmentView | null;
  readonly departments: readonly PlannedDepartmentView[];
  readonly onStep: (operation: Operation) => void;
  readonly onClose: () => void;
};

/** Asks what one step needs to know. */
export function StepDialog(props: StepDialogProps) {
  const t = useTranslations("reorganisation");
  const nameOf = useNameOf();
  const { kind, department, onClose } = props;
  const title = t(`dialogs.${kind}`, { name: department ? nameOf(department) : t("top") });
  const isWords = kind === "CREATE" || kind === "RENAME";
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("cancel") }}>
      {isWords ? <WordsForm {...props} kind={kind} /> : null}
      {!isWords && department ? <TargetForm {...props} kind={kind} department={department} /> : null}
    </Modal>
  );
}

type StepFormProps = {
  readonly isWhole: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

function StepForm({ isWhole, onSubmit, onClose, children }: StepFormProps) {
  const t = useTranslations("reorganisation");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) onSubmit();
  };
  return (
    <form className={staff.stack} onSubmit={submit} noValidate>
      {children}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" disabled={!isWhole}>
          {t("addStep")}
        </Button>
      </Group>
    </form>
  );
}

const KINDS = ["COMPANY", "DIVISION", "DEPARTMENT", "TEAM"] as const satisfies readonly PlannedDepartmentView["kind"][];
const FIELDS = { name: 60, nameEn: 60, code: 20, abbreviation: 10 } as const;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

function WordsForm({ kind, department, onStep, onClose }: StepDialogProps & { readonly kind: "CREATE" | "RENAME" }) {
  const t = useTranslations("reorganisation");
  const known = kind === "RENAME" ? department : null;
  const [draft, setDraft] = useState({
    ...{ name: known?.name ?? "", nameEn: known?.nameEn ?? "", code: known?.code ?? "", abbreviation: known?.abbreviation ?? "" },
    departmentKind: known?.kind ?? ("TEAM" as const),
  });
  const isCode = CODE.test(draft.code.trim());
  const isWhole = isCode && (["name", "nameEn", "abbreviation"] as const).every((field) => draft[field].trim() !== "");
  const add = () => {
    if (known) onStep({ kind: "RENAME", departmentId: known.id, ...draft });
    else onStep({ kind: "CREATE", departmentId: newDepartmentId(), parentId: department?.id ?? null, ...draft });
  };
  return (
    <StepForm isWhole={isWhole} onSubmit={add} onClose={onClose}>
      {Object.entries(FIELDS).map(([name, maxLength]) => {
        const field = name as keyof typeof FIELDS;
        return (
          <TextInput
            key={field}
            label={t(`fields.${field}`)}
            description={field === "code" || field === "abbreviation" ? t(`${field}Hint`) : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            error={field === "code" && draft.code !== "" && !isCode ? t("codeWrong") : undefined}
            required
            maxLength={maxLength}
            autoComplete="off"
            data-autofocus={field === "name" || undefined}
            value={draft[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
          />
        );
      })}
      <Select
        label={t("kind")}
        data={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
        value={draft.departmentKind}
        allowDeselect={false}
        onChange={(value) => setDraft({ ...draft, departmentKind: KINDS.find((one) => one === value) ?? "TEAM" })}
      />
    </StepForm>
  );
}

type TargetFormProps = StepDialogProps & { readonly kind: "MOVE" | "MERGE" | "MOVE_PEOPLE"; readonly department: PlannedDepartmentView };

function TargetForm({ kind, department, departments, onStep, onClose }: TargetFormProps) {
  const t = useTranslations("reorganisation");
  const nameOf = useNameOf();
  const [targetId, setTargetId] = useState<string | null>(null);
  const [personIds, setPersonIds] = useState<readonly string[]>([]);
  const isPeople = kind === "MOVE_PEOPLE";
  const choices = isPeople ? departments.filter(({ id }) => id !== department.id) : targetsFor(departments, department.id);
  const add = () => {
    if (targetId === null) return;
    if (kind === "MOVE") onStep({ kind, departmentId: department.id, parentId: targetId });
    else if (kind === "MERGE") onStep({ kind, departmentId: department.id, intoId: targetId });
    else onStep({ kind, departmentId: department.id, toId: targetId, personIds: [...personIds] });
  };
  return (
    <StepForm isWhole={targetId !== null && (!isPeople || personIds.length > 0)} onSubmit={add} onClose={onClose}>
      {isPeople ? <MemberPicker departmentId={department.id} chosen={personIds} onChange={setPersonIds} /> : null}
      <Select
        label={t(`target.${kind}`)}
        placeholder={t("chooseDepartment")}
        data={choices.map(({ id }) => ({ value: id, label: pathTo(departments, id).map(nameOf).slice(-3).join(" › ") }))}
        value={targetId}
        searchable
        limit={100}
        onChange={setTargetId}
      />
    </StepForm>
  );
}
