"use client";
import type { PersonView } from "@maru/api/directory/contract";
import { useLocale } from "next-intl";

/** The person's primary department in the reader's language. */
export const useDepartmentName = ({ department, departmentEn }: Pick<PersonView, "department" | "departmentEn">): string | null =>
  useLocale() === "ko" ? department : (departmentEn ?? department);
