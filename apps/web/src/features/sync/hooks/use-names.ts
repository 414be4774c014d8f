import { useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useAccount } from "../../../shell/account";
import { useTRPC } from "../../../trpc/client";
import { pathTo } from "../../people/department-tree";

type Choice = { readonly value: string; readonly label: string };

/** The departments of Maru to choose from, each with what is above it. */
export const useDepartmentChoices = (): readonly Choice[] => {
  const isKorean = useLocale() === "ko";
  const { data = [] } = useQuery(useTRPC().directory.listDepartments.queryOptions({}));
  return data.map(({ id }) => ({
    value: id,
    label: pathTo(data, id)
      .map(({ name, nameEn }) => (isKorean ? name : (nameEn ?? name)))
      .slice(-3)
      .join(" › "),
  }));
};

/** The roles of Maru to choose from; none for whoever may not read about rights. */
export const useRoleChoices = (): readonly Choice[] => {
  const isKorean = useLocale() === "ko";
  const { permissions } = useAccount();
  const { data = [] } = useQuery({
    ...useTRPC().identity.listRoles.queryOptions({}),
    enabled: permissions.includes("identity.read-rights"),
  });
  return data.map(({ id, name, nameEn }) => ({ value: id, label: isKorean ? name : nameEn }));
};
