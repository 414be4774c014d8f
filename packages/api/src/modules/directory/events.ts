import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

// A larger set is told in several events.
const ids = z.array(z.uuid()).min(1).max(1000);

const DEACTIVATION_REASONS = ["LEFT", "DIRECTORY", "ADMINISTRATOR"] as const;
/** Why somebody was deactivated: she left, the directory that she comes from says so, or an administrator decided it. */
export type DeactivationReason = (typeof DEACTIVATION_REASONS)[number];

/** Something of these people changed that a list or a cache may show: their names, places, rank, state … */
export const personChanged = defineEvent("directory.person-changed", z.object({ personIds: ids }));

/** A person does not work here any more from the day on that is named: whoever keeps work of hers hands it on. */
export const personDeactivated = defineEvent(
  "directory.person-deactivated",
  z.object({ personId: z.uuid(), reason: z.enum(DEACTIVATION_REASONS), effectiveOn: z.iso.date() }),
);

/** A person who had been deactivated works here again. */
export const personReactivated = defineEvent("directory.person-reactivated", z.object({ personId: z.uuid() }));

/** The name, the place in the tree or the state of these departments changed, or they are new. */
export const departmentChanged = defineEvent("directory.department-changed", z.object({ departmentIds: ids }));

/** A department was closed: whoever keeps something for it hands that on to the one that took it over, where there is one. */
export const departmentClosed = defineEvent(
  "directory.department-closed",
  z.object({ departmentId: z.uuid(), heirId: z.uuid().nullable() }),
);
