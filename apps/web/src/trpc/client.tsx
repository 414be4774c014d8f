"use client";
import type { AppRouter } from "@maru/api";
import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { clientLinks } from "./links";
import { makeQueryClient } from "./query-client";

const context = createTRPCContext<AppRouter>();

/** `const trpc = useTRPC(); useQuery(trpc.board.listPosts.queryOptions({ boardId }))`: every read and write of a screen begins here. */
export const useTRPC = context.useTRPC;
/** For the rare call outside of a query or mutation. */
export const useTRPCClient = context.useTRPCClient;

/** A query that finds no session leads to the sign-in page, and from there back to where the person was. */
const goToSignIn = () => {
  const { pathname, search } = window.location;
  if (!pathname.startsWith("/sign-in")) window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
};

/** Hands the query client and the tRPC client to the page; a tab keeps one of each. */
export function TRPCReactProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(goToSignIn));
  const [trpcClient] = useState(() => createTRPCClient<AppRouter>({ links: clientLinks() }));
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
