import { getTranslations } from "next-intl/server";
import { MailboxScreen } from "../../../../features/mail/screens/mailbox-screen";
import { HydrateClient, required, serverTrpc } from "../../../../trpc/server";

export const generateMetadata = async () => ({ title: (await getTranslations("mail"))("title") });

export default async function MailboxPage() {
  const { trpc, queryClient } = serverTrpc();
  await required(
    queryClient.fetchInfiniteQuery(trpc.mail.listMessages.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor })),
  );
  return (
    <HydrateClient>
      <MailboxScreen />
    </HydrateClient>
  );
}
