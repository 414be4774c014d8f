import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

/** The file with everything about a person can be fetched. */
export const exportReady = defineEvent("privacy.export-ready", z.object({ exportId: z.uuid(), personId: z.uuid() }));
