"use client";
import type { DepartmentView } from "@maru/api/directory/contract";
import { IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { DepartmentNode } from "../department-tree";
import { hrefOfPlace } from "../people-place";
import classes from "./department-menu.module.css";

type DepartmentMenuProps = {
  readonly roots: readonly DepartmentNode<DepartmentView>[];
  readonly currentId: string | null;
  /** Departments above the current one: they are open, so that it can be seen. */
  readonly pathIds: ReadonlySet<string>;
};

/** The tree of departments as a menu: each name leads to its people, the sign before it opens what is below. */
export function DepartmentMenu({ roots, currentId, pathIds }: DepartmentMenuProps) {
  const t = useTranslations("people");
  return (
    <nav className={classes.menu} aria-label={t("departments")}>
      <ul>
        {roots.map((node) => (
          <Branch key={node.department.id} node={node} depth={0} currentId={currentId} pathIds={pathIds} />
        ))}
      </ul>
    </nav>
  );
}

type BranchProps = Omit<DepartmentMenuProps, "roots"> & { readonly node: DepartmentNode<DepartmentView>; readonly depth: number };

function Branch({ node: { department, children }, depth, currentId, pathIds }: BranchProps) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const name = isKorean ? department.name : department.nameEn;
  // The company and its divisions stand open; below them one opens what one looks for.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? (depth < 1 || pathIds.has(department.id));
  const isCurrent = department.id === currentId;
  return (
    <li>
      <div className={classes.row} style={{ paddingInlineStart: depth * 16 }} data-current={isCurrent || undefined}>
        {children.length > 0 ? (
          <button
            type="button"
            className={classes.opener}
            aria-expanded={isOpen}
            aria-label={t(isOpen ? "collapse" : "expand", { name })}
            onClick={() => setChosen(!isOpen)}
          >
            <IconChevronRight size={16} stroke={1.5} aria-hidden />
          </button>
        ) : (
          <span className={classes.leaf} />
        )}
        <Link
          className={classes.name}
          href={hrefOfPlace({ departmentId: department.id, query: "", page: 1 })}
          aria-current={isCurrent ? "page" : undefined}
        >
          <span className={classes.text}>{name}</span>
          <span className={classes.count}>{department.peopleCount}</span>
        </Link>
      </div>
      {isOpen && children.length > 0 ? (
        <ul>
          {children.map((child) => (
            <Branch key={child.department.id} node={child} depth={depth + 1} currentId={currentId} pathIds={pathIds} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
