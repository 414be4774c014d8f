export { createMaru, type Maru } from "./maru";
export { toAppError, toTrpcError } from "./trpc/errors";
export type { DoorContext, RequestOrigin } from "./trpc/init";
export { type AppRouter, appRouter, createCaller } from "./trpc/root";
