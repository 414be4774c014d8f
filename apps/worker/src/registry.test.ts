import { handle, subscribe } from "@maru/api/reactions";
import { defineEvent } from "@maru/platform/events";
import { defineJob, type JobDef } from "@maru/platform/jobs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { reactions } from "./reactions";
import { createRegistry, findRegistryFaults, laneSettingsOf, type Reactions } from "./registry";

const limits = { version: 1, queue: "notify", attempts: 1, maxStarted: 4, backoffMs: 0, timeoutMs: 1_000 } as const;
const send = defineJob({ ...limits, name: "test.send", input: z.object({}) });
const happened = defineEvent("test.happened", z.object({}));
const listener = subscribe("test.listen", happened, async () => {});
const handler = handle(send, async () => {});
const whole: Reactions = { jobs: [send], handlers: { "test.send": handler }, events: [happened], subscriptions: [listener], schedule: [] };

const faultsOf = (changes: Partial<Reactions>) => findRegistryFaults({ ...whole, ...changes }).join("\n");

describe("what this build can do", () => {
  it("is whole", () => {
    expect(findRegistryFaults(reactions)).toEqual([]);
    expect(findRegistryFaults(whole)).toEqual([]);
    expect(reactions.jobs.length).toBeGreaterThan(4);
    expect(reactions.subscriptions.length).toBeGreaterThan(3);
  });

  it("lacks a handler", () => {
    expect(faultsOf({ handlers: {} })).toBe("job test.send has no handler");
  });

  it("has two handlers for one name", () => {
    const twin = { ...send };
    expect(faultsOf({ jobs: [send, twin] })).toContain("job test.send is defined twice");
    expect(faultsOf({ handlers: { "test.send": handle(twin, async () => {}) } })).toContain("belongs to a job that nobody can ask for");
  });

  it("has a handler under another's name", () => {
    const other = defineJob({ ...limits, name: "test.other", input: z.object({}) });
    expect(faultsOf({ jobs: [send, other], handlers: { "test.send": handler, "test.other": handler } })).toContain(
      "the handler of job test.other is that of test.send",
    );
  });

  it("has a job for a lane that there is not", () => {
    const lost = { ...send, queue: "nowhere" } as unknown as JobDef;
    expect(faultsOf({ jobs: [lost], handlers: { "test.send": { ...handler, job: lost } } })).toContain("wants the lane nowhere");
  });

  it("has an event without a schema", () => {
    const bare = { ...happened, payload: undefined } as unknown as typeof happened;
    expect(faultsOf({ events: [bare], subscriptions: [] })).toBe("event test.happened has no schema");
  });

  it("listens to an event that is not registered, or twice under one name", () => {
    expect(faultsOf({ events: [] })).toContain("test.listen listens to test.happened, which is not in the registry");
    expect(faultsOf({ subscriptions: [listener, { ...listener }] })).toBe("two subscriptions are called test.listen");
    expect(faultsOf({ events: [happened, { ...happened }] })).toContain("event test.happened is defined twice");
  });

  it("schedules what it can't do", () => {
    const unknown = defineJob({ ...limits, name: "test.unknown", input: z.object({}) });
    expect(faultsOf({ schedule: [{ id: "s", job: unknown, everyMs: 1 }] })).toContain(
      "schedule s runs test.unknown, which is not in the registry",
    );
    const entry = { id: "s", job: send, everyMs: 1 };
    expect(faultsOf({ schedule: [entry, entry] })).toContain("schedule s is defined twice");
  });

  it("has a job that may never be started", () => {
    const never = defineJob({ ...limits, name: "test.send", maxStarted: 0, input: z.object({}) });
    expect(faultsOf({ jobs: [never], handlers: { "test.send": handle(never, async () => {}) } })).toBe("test.send has no maxStarted");
  });
});

describe("the registry", () => {
  const registry = createRegistry(whole);

  it("finds a job and a reaction by what stands in the work", () => {
    expect(registry.findReaction({ consumer: "test.send", name: "test.send" })).toMatchObject({ kind: "job" });
    expect(registry.findReaction({ consumer: "test.listen", name: "test.happened" })).toMatchObject({ kind: "event" });
  });

  it("finds nothing under a wrong event, another consumer, or a name of JavaScript's own", () => {
    expect(registry.findReaction({ consumer: "test.listen", name: "test.else" })).toBeNull();
    expect(registry.findReaction({ consumer: "test.else", name: "test.happened" })).toBeNull();
    expect(registry.findReaction({ consumer: "constructor", name: "constructor" })).toBeNull();
    expect(registry.findHandler("toString")).toBeUndefined();
  });

  it("lets a lane start its work as often as its most patient job may", () => {
    expect(laneSettingsOf("notify", whole).maxStarted).toBe(12);
    expect(laneSettingsOf("canary", whole).maxStarted).toBe(3);
  });
});
