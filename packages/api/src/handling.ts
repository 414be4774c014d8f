import type { EventDef } from "@maru/platform/events";
import type { JobDef, Lane } from "@maru/platform/jobs";
import type { z } from "zod";
import type { Ctx } from "./tools";

// biome-ignore lint/suspicious/noExplicitAny: the one place where a job's input is not known yet
type AnyJob = JobDef<string, any>;
type Run<Job extends AnyJob> = (ctx: Ctx, input: z.output<Job["input"]>, signal: AbortSignal) => Promise<void>;

/** One handler for each job, under the job's name: a map whose missing entry does not compile. */
export type HandlersFor<Jobs extends Record<string, AnyJob>> = {
  [Key in keyof Jobs as Jobs[Key]["name"]]: { readonly job: Jobs[Key]; readonly run: Run<Jobs[Key]> };
};

/** Says how a job is done: load, compute, store. What is stored goes through one transaction, which happens at most once however often the job runs. */
export const handle = <Job extends AnyJob>(job: Job, run: Run<Job>) => ({ job, run });

/** A handler whose job is not known any more, as the worker holds it. */
export type AnyHandler = { readonly job: AnyJob; run(ctx: Ctx, input: unknown, signal: AbortSignal): Promise<void> };

/** An event as its subscribers see it. The payload names records; what they hold now is read, because events may come late and in any order. */
export type Occurrence<Payload> = {
  readonly id: string;
  readonly payload: Payload;
  /** The person who caused it; null for the system. */
  readonly actorId: string | null;
  readonly occurredAt: Date;
};

type ReactionSettings = {
  readonly queue: Lane;
  readonly attempts: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  readonly maxStarted: number;
};

const PATIENT: ReactionSettings = { queue: "notify", attempts: 8, backoffMs: 1_000, timeoutMs: 20_000, maxStarted: 12 };

/** A reaction to an event, retried alone: one subscriber's trouble is not another's. */
export type Subscription = ReactionSettings & {
  /** `<module>.<kebab-imperative>`, unique: it stands in the rows of the work and in the log. */
  readonly consumer: string;
  readonly event: EventDef;
  /** Whether there may be anything to do about it, decided by the payload alone: what concerns nobody becomes no work. */
  concerns(payload: unknown): boolean;
  react(ctx: Ctx, occurrence: Occurrence<unknown>, signal: AbortSignal): Promise<void>;
};

/** Says how a module reacts to an event. Its one transaction happens at most once for each event. */
export const subscribe = <Payload extends z.ZodType>(
  consumer: string,
  event: EventDef<string, Payload>,
  react: (ctx: Ctx, occurrence: Occurrence<z.output<Payload>>, signal: AbortSignal) => Promise<void>,
  { concerns = () => true, ...settings }: Partial<ReactionSettings> & { readonly concerns?: (payload: z.output<Payload>) => boolean } = {},
): Subscription => ({
  ...PATIENT,
  ...settings,
  consumer,
  event,
  // A payload that does not parse becomes work: the executor buries it with the reason, instead of losing it here.
  concerns: (payload) => {
    const parsed = event.payload.safeParse(payload);
    return !parsed.success || concerns(parsed.data);
  },
  // The worker parses the payload with this event's schema before it calls.
  react: (ctx, occurrence, signal) => react(ctx, occurrence as Occurrence<z.output<Payload>>, signal),
});
