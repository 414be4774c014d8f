/** Where the tRPC door stands. */
export const TRPC_PATH = "/api/trpc";
