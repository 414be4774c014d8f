import { getTranslations } from "next-intl/server";
import { listInput, readPlace } from "../../../../../../features/sync/items-place";
import { RunScreen } from "../../../../../../features/sync/screens/run-screen";
import { HydrateClient, required, serverTrpc } from "../../../../../../trpc/server";

type RunPageProps = {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const read = async (params: RunPageProps["params"]) => {
  const { trpc, queryClient } = serverTrpc();
  const { id } = await params;
  return required(queryClient.fetchQuery(trpc.sync.getRun.queryOptions({ id })));
};

export const generateMetadata = async ({ params }: RunPageProps) => {
  const { isDryRun, sourceName } = await read(params);
  return { title: (await getTranslations("sync.run"))(isDryRun ? "previewTitle" : "title", { name: sourceName }) };
};

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const { id } = await read(params);
  const { trpc, queryClient } = serverTrpc();
  const input = listInput(id, readPlace(await searchParams));
  await queryClient.prefetchInfiniteQuery(
    trpc.sync.listItems.infiniteQueryOptions(input, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <HydrateClient>
      <RunScreen id={id} />
    </HydrateClient>
  );
}
