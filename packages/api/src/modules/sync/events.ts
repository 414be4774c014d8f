import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

const ofRun = z.object({ runId: z.uuid(), sourceId: z.uuid() });

/** A run has done what it was asked for. */
export const runFinished = defineEvent("sync.run-finished", ofRun);

/** A run would change so much that somebody must look at it first. */
export const runHeld = defineEvent("sync.run-held", ofRun);

/** A run could not go on: what it had not done is as it was. */
export const runFailed = defineEvent("sync.run-failed", ofRun);

/** The file with people that somebody has asked for can be fetched. */
export const peopleExported = defineEvent("sync.people-exported", z.object({ exportId: z.uuid(), personId: z.uuid() }));
