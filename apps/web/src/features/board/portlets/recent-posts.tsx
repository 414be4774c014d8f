"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import { PostPortlet } from "./post-portlet";

/** The newest posts of every board. */
export const RecentPosts = () => {
  const t = useTranslations("board.portlets");
  const trpc = useTRPC();
  const posts = useQuery(trpc.board.listRecentPosts.queryOptions({ limit: 8 }));
  return (
    <PostPortlet title={t("recent")} empty={{ title: t("recentEmptyTitle"), description: t("recentEmptyDescription") }} posts={posts} />
  );
};
