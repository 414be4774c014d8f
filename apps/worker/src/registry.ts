import type { AnyHandler, Subscription } from "@maru/api/reactions";
import type { EventDef } from "@maru/platform/events";
import { type JobDef, LANES, type Lane } from "@maru/platform/jobs";
import { findLaneFaults, type LaneSettings } from "@maru/platform/queue/lane-worker";
import type { ScheduleEntry } from "./schedule";

/** Everything that this build knows how to do. */
export type Reactions = {
  readonly jobs: readonly JobDef[];
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  readonly events: readonly EventDef[];
  readonly subscriptions: readonly Subscription[];
  readonly schedule: readonly ScheduleEntry[];
};

/** What the executor has to know of a piece of work, whether it is a job or a subscriber's reaction. */
export type Reaction =
  | { readonly kind: "job"; readonly handler: AnyHandler }
  | { readonly kind: "event"; readonly subscription: Subscription };

/** The limits of a reaction. */
export const limitsOf = (reaction: Reaction) => (reaction.kind === "job" ? reaction.handler.job : reaction.subscription);

const twins = (names: readonly string[]): string[] => [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];

/** The settings of a lane: what LANES says, and the most starts that any of its work may have. */
export const laneSettingsOf = (lane: Lane, { jobs, subscriptions }: Reactions): LaneSettings => {
  const starts = [...jobs, ...subscriptions].filter(({ queue }) => queue === lane).map(({ maxStarted }) => maxStarted);
  return { ...LANES[lane], maxStarted: Math.max(3, ...starts) };
};

const findJobFaults = ({ jobs, handlers }: Reactions): string[] => [
  ...twins(jobs.map(({ name }) => name)).map((name) => `job ${name} is defined twice`),
  ...jobs.filter(({ name }) => !Object.hasOwn(handlers, name)).map(({ name }) => `job ${name} has no handler`),
  ...Object.entries(handlers).flatMap(([name, { job }]) => [
    ...(job.name === name ? [] : [`the handler of job ${name} is that of ${job.name}`]),
    ...(jobs.includes(job) ? [] : [`the handler of ${name} belongs to a job that nobody can ask for: two modules may use one name`]),
  ]),
  ...jobs
    .filter(({ queue }) => !Object.hasOwn(LANES, queue))
    .map(({ name, queue }) => `job ${name} wants the lane ${queue}, which there is not`),
];

const LIMITS = ["attempts", "maxStarted", "timeoutMs"] as const;
const findLimitFaults = ({ jobs, subscriptions }: Reactions): string[] =>
  [
    ...jobs.map((job) => ({ ...job, is: job.name })),
    ...subscriptions.map((subscription) => ({ ...subscription, is: subscription.consumer })),
  ].flatMap((one) => LIMITS.filter((limit) => !(one[limit] >= 1)).map((limit) => `${one.is} has no ${limit}`));

const findEventFaults = ({ events, subscriptions }: Reactions): string[] => [
  ...twins(events.map(({ name }) => name)).map((name) => `event ${name} is defined twice`),
  ...events.filter(({ payload }) => typeof payload?.safeParse !== "function").map(({ name }) => `event ${name} has no schema`),
  ...subscriptions
    .filter(({ event }) => !events.includes(event))
    .map(({ consumer, event }) => `${consumer} listens to ${event.name}, which is not in the registry`),
  ...twins(subscriptions.map(({ consumer }) => consumer)).map((consumer) => `two subscriptions are called ${consumer}`),
];

/** Why this build can't run: each reason is a sentence. Boot fails on any. */
export const findRegistryFaults = (reactions: Reactions): string[] => [
  ...findJobFaults(reactions),
  ...findEventFaults(reactions),
  ...findLimitFaults(reactions),
  ...twins(reactions.schedule.map(({ id }) => id)).map((id) => `schedule ${id} is defined twice`),
  ...reactions.schedule
    .filter(({ job }) => !reactions.jobs.includes(job))
    .map(({ id, job }) => `schedule ${id} runs ${job.name}, which is not in the registry`),
  ...(Object.keys(LANES) as Lane[]).flatMap((lane) => findLaneFaults(lane, laneSettingsOf(lane, reactions))),
];

/** Finds what has to be done, by the names that stand in the outbox and in the work. */
export const createRegistry = ({ handlers, events, subscriptions }: Reactions) => {
  const knownEvents = new Set(events.map(({ name }) => name));
  const byConsumer = new Map(subscriptions.map((subscription) => [subscription.consumer, subscription]));
  return {
    findHandler: (jobName: string): AnyHandler | undefined => (Object.hasOwn(handlers, jobName) ? handlers[jobName] : undefined),
    isKnownEvent: (name: string): boolean => knownEvents.has(name),
    /** Those who listen to an event and have something to do about this one. */
    subscribersOf: (eventName: string, payload: unknown): Subscription[] =>
      subscriptions.filter(({ event, concerns }) => event.name === eventName && concerns(payload)),
    findReaction: ({ consumer, name }: { consumer: string; name: string }): Reaction | null => {
      const handler = consumer === name && Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler) return { kind: "job", handler };
      const subscription = byConsumer.get(consumer);
      return subscription && subscription.event.name === name ? { kind: "event", subscription } : null;
    },
  };
};
export type Registry = ReturnType<typeof createRegistry>;
