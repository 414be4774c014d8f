import { defineEvent } from "@maru/platform/events";
import { z } from "zod";
import { PROVIDERS } from "./contract";

const facts = z.object({ personId: z.uuid(), accountId: z.uuid(), provider: z.enum(PROVIDERS) });

export const identityLinked = defineEvent("federation.identity-linked", facts);
export const identityUnlinked = defineEvent("federation.identity-unlinked", facts);
