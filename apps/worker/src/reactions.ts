import { jobs } from "@maru/api/modules";
import { events, handlers, subscriptions } from "@maru/api/reactions";
import { housekeeping } from "./housekeeping";
import type { Reactions } from "./registry";
import { SCHEDULE } from "./schedule";

/** What the modules know how to do, and the worker's own housekeeping. */
export const reactions: Reactions = {
  jobs: [...Object.values(jobs), ...Object.values(housekeeping).map(({ job }) => job)],
  handlers: { ...handlers, ...housekeeping },
  events,
  subscriptions,
  schedule: SCHEDULE,
};
