"use client";
import type { FoundDepartmentView } from "@maru/api/directory/contract";
import { MarkedText } from "@maru/ui/marked-text";
import { IconSitemap } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale } from "next-intl";
import { marksOf } from "../../../shell/person/marks";
import classes from "./results.module.css";

type FoundDepartmentsProps = { readonly departments: readonly FoundDepartmentView[]; readonly label: string };

/** Departments that were found, each with the one above it. */
export function FoundDepartments({ departments, label }: FoundDepartmentsProps) {
  const isKorean = useLocale() === "ko";
  return (
    <ul className={classes.list} aria-label={label}>
      {departments.map((department) => (
        <li key={department.id}>
          <Link className={classes.row} href={`/departments/${department.id}`} prefetch={false}>
            <IconSitemap size={20} stroke={1.5} aria-hidden />
            <span className={classes.what}>
              <span className={classes.name}>
                <FoundDepartmentName department={department} />
              </span>
              <span className={classes.caption}>{isKorean ? department.parent : department.parentEn}</span>
            </span>
            <span className={classes.number}>{department.code}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function FoundDepartmentName({ department }: { readonly department: FoundDepartmentView }) {
  const text = useLocale() === "ko" ? department.name : department.nameEn;
  return <MarkedText text={text} ranges={marksOf(text, department)} />;
}
