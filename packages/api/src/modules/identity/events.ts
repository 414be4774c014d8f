import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

/** A refresh token that was used up was used again: two have it, and its session was ended. */
export const sessionStolen = defineEvent("identity.session-stolen", z.object({ sessionId: z.uuid(), personId: z.uuid() }));

/** A role waits for a second administrator. */
export const roleChangeRequested = defineEvent("identity.role-change-requested", z.object({ changeId: z.uuid() }));
