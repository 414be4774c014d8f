"use client";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { OrgTree } from "../components/org-tree";
import { PeoplePlacesNav } from "../components/people-places-nav";
import classes from "./people-screen.module.css";

// What moves and scales the picture is loaded by those who look at it.
const OrgPicture = dynamic(() => import("../components/org-picture"), { loading: Waiting });

function Waiting() {
  const shell = useTranslations("shell");
  return <SkeletonList shape="rows" count={12} label={shell("loading")} />;
}

/** The whole organisation, as a tree or as a picture. */
export function OrgChartScreen() {
  const t = useTranslations("people");
  const view = useSearchParams().get("view") === "picture" ? "picture" : "tree";
  const { data, isPending, error, refetch } = useQuery(useTRPC().directory.listOrgChart.queryOptions({}));
  return (
    <div className={classes.page}>
      {/* The picture has a title of its own on paper. */}
      <div data-print={view === "picture" ? "hidden" : undefined}>
        <PageHeader
          breadcrumbs={<Breadcrumbs crumbs={[{ label: t("title"), href: "/people" }, { label: t(`views.${view}`) }]} />}
          title={t("title")}
          more={<PeoplePlacesNav current={view} />}
        />
      </div>
      {isPending ? <Waiting /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {data && view === "tree" ? <OrgTree departments={data} /> : null}
      {data && view === "picture" ? <OrgPicture departments={data} /> : null}
    </div>
  );
}
