import type { AppRouter } from "@maru/api";
import type { TRPCLink } from "@trpc/client";

const withoutDirection = (input: unknown): unknown => {
  if (typeof input !== "object" || input === null || !("direction" in input)) return input;
  const { direction: _, ...rest } = input;
  return rest;
};

/**
 * Infinite queries name the direction in which they page. The lists of Maru page forward only, and their inputs are strict: they would refuse
 * a word that they do not know. It must stand first, in the browser and on the server.
 */
export const pagingLink =
  (): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    next(op.type === "query" ? { ...op, input: withoutDirection(op.input) } : op);
