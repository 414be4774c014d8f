import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

/** A refresh token that was used up was used again: two have it, and its session was ended. */
export const sessionStolen = defineEvent("identity.session-stolen", z.object({ sessionId: z.uuid(), personId: z.uuid() }));

/** Somebody's password is another one now: changed by whoever knew the old one, or replaced through a mail. */
export const passwordChanged = defineEvent("identity.password-changed", z.object({ personId: z.uuid(), accountId: z.uuid() }));

/** A role waits for a second administrator. */
export const roleChangeRequested = defineEvent("identity.role-change-requested", z.object({ changeId: z.uuid() }));
