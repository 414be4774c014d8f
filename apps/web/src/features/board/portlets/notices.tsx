"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import { PostPortlet } from "./post-portlet";

/** What the notice boards announce. */
export const Notices = () => {
  const t = useTranslations("board.portlets");
  const trpc = useTRPC();
  const posts = useQuery(trpc.board.listRecentPosts.queryOptions({ noticesOnly: true, limit: 5 }));
  return (
    <PostPortlet title={t("notices")} empty={{ title: t("noticesEmptyTitle"), description: t("noticesEmptyDescription") }} posts={posts} />
  );
};
