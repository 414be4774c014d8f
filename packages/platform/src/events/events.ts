import type { z } from "zod";

/** A fact in the past tense, `<module>.<kebab-past>`; its payload carries ids, never state that could be stale when it is read. */
export type EventDef<Name extends string = string, Payload extends z.ZodType = z.ZodType> = {
  readonly name: Name;
  readonly payload: Payload;
};

export const defineEvent = <const Name extends string, Payload extends z.ZodType>(
  name: Name,
  payload: Payload,
): EventDef<Name, Payload> => ({
  name,
  payload,
});
