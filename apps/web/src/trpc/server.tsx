import "server-only";
import type { AppRouter } from "@maru/api";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createTRPCClient, unstable_localLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { maruApp } from "../server/maru-app";
import { failureOf } from "./failure";
import { pagingLink } from "./paging-link";
import { makeQueryClient } from "./query-client";

/** Who asks, found out once in a request. */
const doorContext = cache(async () => maruApp().contextOf(await headers()));

/**
 * The server's caller and query client of one request: `const { trpc, queryClient } = serverTrpc()`. It calls the procedures of this process
 * without HTTP between them, and fails in the same shape as the browser's.
 */
export const serverTrpc = cache(() => {
  const queryClient = makeQueryClient();
  const client = createTRPCClient<AppRouter>({
    links: [pagingLink(), unstable_localLink({ router: maruApp().router, createContext: doorContext })],
  });
  return { trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }), queryClient };
});

/** The account that this request acts for, or null for a stranger. */
export const viewer = cache(async () => {
  const { trpc, queryClient } = serverTrpc();
  try {
    return await queryClient.fetchQuery(trpc.identity.me.queryOptions());
  } catch (error) {
    if (failureOf(error).httpStatus === 401) return null;
    throw error;
  }
});

/** Hands everything that this request has read to the browser, so that the screen inside draws at once and asks for nothing. */
export function HydrateClient({ children }: { readonly children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(serverTrpc().queryClient)}>{children}</HydrationBoundary>;
}

/** To the sign-in page, and from there back to where the person wanted to be. */
export const leadToSignIn = async (): Promise<never> =>
  redirect(`/sign-in?next=${encodeURIComponent((await headers()).get("x-maru-path") ?? "/")}`);

/**
 * What a page cannot do without: `await required(queryClient.fetchQuery(…))` shows the not-found or no-permission page where it is refused,
 * and the sign-in page where the session has ended meanwhile: the frame around a page is not drawn anew for each of them.
 */
export const required = async <Data,>(reading: Promise<Data>): Promise<Data> => {
  try {
    return await reading;
  } catch (error) {
    const { httpStatus } = failureOf(error);
    if (httpStatus === 401) return leadToSignIn();
    // An id that is no id names nothing.
    if (httpStatus === 404 || httpStatus === 400) notFound();
    if (httpStatus === 403) forbidden();
    throw error;
  }
};
