import { describe, expect, it } from "vitest";
import { findLaneFaults } from "./lane-worker";
import { findRedisFaults } from "./redis-requirements";

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;

describe("what Redis must be", () => {
  it.each(["6.2.0", "6.2.14", "7.0.15", "8.0.1", "10.0.0"])("takes %s", (version) => {
    expect(findRedisFaults(info(version, "noeviction"))).toEqual([]);
  });

  it.each(["5.0.14", "6.0.16", "6.1.9", "6", "", "seven"])("refuses %j", (version) => {
    expect(findRedisFaults(info(version, "noeviction"))).toHaveLength(1);
  });

  it.each(["allkeys-lru", "volatile-ttl"])("refuses the policy %s", (policy) => {
    expect(findRedisFaults(info("7.2.0", policy))).toEqual([expect.stringContaining(policy)]);
  });

  it("refuses an answer that says nothing", () => {
    expect(findRedisFaults("")).toHaveLength(2);
  });
});

describe("what a lane must be told", () => {
  const whole = { concurrency: 1, lockMs: 10_000, stalledIntervalMs: 5_000, maxStarted: 3 };

  it("takes whole settings", () => {
    expect(findLaneFaults("notify", whole)).toEqual([]);
  });

  it.each(["concurrency", "lockMs", "stalledIntervalMs", "maxStarted"] as const)("names a missing %s", (key) => {
    expect(findLaneFaults("notify", { ...whole, [key]: undefined }).join()).toContain(`lane notify has no ${key}`);
    expect(findLaneFaults("notify", { ...whole, [key]: 0 }).join()).toContain(`lane notify has no ${key}`);
  });

  it("names a look for stalled jobs that comes too late", () => {
    expect(findLaneFaults("notify", { ...whole, stalledIntervalMs: 20_000 })).toHaveLength(1);
  });
});
