"use client";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc/client";
import { pathTo } from "../../people/department-tree";
import { useNameOf } from "../hooks/use-name-of";

type DepartmentSelectProps = {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string | null;
  readonly onChange: (departmentId: string | null) => void;
  readonly error?: string;
  readonly clearLabel?: string;
};

/** Chooses a department of the tree by its name, or that of one above it. */
export function DepartmentSelect({ value, onChange, clearLabel, ...field }: DepartmentSelectProps) {
  const nameOf = useNameOf();
  const { data = [] } = useQuery(useTRPC().directory.listDepartments.queryOptions({}));
  const options = data.map(({ id }) => ({ value: id, label: pathTo(data, id).map(nameOf).slice(-3).join(" › ") }));
  return (
    <Select
      {...field}
      data={options}
      value={options.some((option) => option.value === value) ? value : null}
      onChange={onChange}
      searchable
      clearable={clearLabel !== undefined}
      clearButtonProps={{ "aria-label": clearLabel }}
      limit={100}
    />
  );
}
