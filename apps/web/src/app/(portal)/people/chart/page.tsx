import { getTranslations } from "next-intl/server";
import { memberPageOf, openAtFirst } from "../../../../features/people/chart-rows";
import { OrgChartScreen } from "../../../../features/people/screens/org-chart-screen";
import { HydrateClient, required, serverTrpc, viewer } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("people"))("title") });

export default async function OrgChartPage() {
  const { trpc, queryClient } = serverTrpc();
  const [chart, account] = await Promise.all([required(queryClient.fetchQuery(trpc.directory.listOrgChart.queryOptions({}))), viewer()]);
  const opened = openAtFirst(chart, account?.person.departmentId ?? null).filter(({ directCount }) => directCount > 0);
  await Promise.all(
    opened.map(({ id }) =>
      queryClient.prefetchQuery(trpc.directory.listMembers.queryOptions(memberPageOf({ departmentId: id, index: 0 }))),
    ),
  );
  return (
    <HydrateClient>
      <OrgChartScreen />
    </HydrateClient>
  );
}
