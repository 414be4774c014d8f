"use client";
import type { Difference, ItemView, RunView } from "@maru/api/sync/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDifferenceWords } from "../hooks/use-difference-words";
import { useWords } from "../hooks/use-words";
import { LinkClaimant } from "./link-claimant";
import classes from "./sync.module.css";

/** What a run changes, a row each with what was before and what comes after; on a phone a card each. */
export function ItemTable({ items, run }: { readonly items: readonly ItemView[]; readonly run: RunView }) {
  const t = useTranslations("sync.items");
  const differences = useDifferenceWords();
  return (
    <table className={classes.table} aria-label={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("target")}</th>
          <th scope="col">{t("action")}</th>
          <th scope="col">{t("text")}</th>
          <th scope="col">{t("difference")}</th>
          <th scope="col">{t("status")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ItemRow key={item.seq} {...{ item, run }} differences={differences(item)} />
        ))}
      </tbody>
    </table>
  );
}

type ItemRowProps = { readonly item: ItemView; readonly run: RunView; readonly differences: readonly Difference[] };

function ItemRow({ item, run, differences }: ItemRowProps) {
  const t = useTranslations("sync.items");
  const words = useWords();
  const { target, action, label, personId, error, status } = item;
  return (
    <tr>
      <td className={classes.nowrap}>{t(`targets.${target}`)}</td>
      <td className={classes.nowrap}>{t(`actions.${action}`)}</td>
      <td className={classes.label} title={item.externalId}>
        {personId ? (
          // A page of changes names many people, of whom few are opened.
          <Link href={`/people/${personId}`} prefetch={false}>
            {label}
          </Link>
        ) : (
          label
        )}
      </td>
      <td className={classes.wide}>
        <Differences differences={differences} isNew={action === "CREATE"} />
        {error ? (
          <p className={classes.why} data-mild={status === "PLANNED" || status === "APPLIED" || status === "SKIPPED" || undefined}>
            {words.itemError(error)}
          </p>
        ) : null}
        {item.claimants.map((claimant) => (
          <LinkClaimant key={claimant.personId} runId={run.id} {...{ item, claimant }} />
        ))}
      </td>
      <td className={classes.nowrap}>
        <StatusBadge variant="plain" {...words.status(item, run.isDryRun)} />
      </td>
    </tr>
  );
}

function Differences({ differences, isNew }: { readonly differences: readonly Difference[]; readonly isNew: boolean }) {
  const t = useTranslations("sync.items");
  return (
    <dl className={classes.diff} data-new={isNew || undefined}>
      {differences.map(({ field, before, after }) => (
        <div key={field} className={classes.pair}>
          <dt>{field}</dt>
          <dd>
            {isNew || before === null ? null : (
              <>
                <del>
                  <span className="maru-spoken">{t("before")} </span>
                  {before}
                </del>{" "}
                →{" "}
              </>
            )}
            <ins>
              <span className="maru-spoken">{t("after")} </span>
              {after ?? t("nothing")}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
