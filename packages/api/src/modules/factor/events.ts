import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

const owner = { personId: z.uuid(), accountId: z.uuid() };
const kind = z.enum(["totp", "passkey"]);

export const factorAdded = defineEvent("factor.factor-added", z.object({ ...owner, kind }));
export const factorRemoved = defineEvent("factor.factor-removed", z.object({ ...owner, kind }));
export const recoveryCodeUsed = defineEvent("factor.recovery-code-used", z.object({ ...owner, left: z.int() }));
