import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

/** The pictures of a file stand: whoever shows it may look again. */
export const variantsMade = defineEvent("files.variants-made", z.object({ fileId: z.uuid() }));
