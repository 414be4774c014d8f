import type { Redis } from "ioredis";

const MINIMUM = [6, 2] as const;

/** Why a server can't carry the lanes, from its INFO; empty when it can. */
export const findRedisFaults = (info: string): string[] => {
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim();
  const faults: string[] = [];
  const version = field("redis_version") ?? "unknown";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  // Negated, so that a version that can't be read is refused too.
  if (!(major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]))) {
    faults.push(`Redis is version ${version}, Maru needs ${MINIMUM.join(".")} or later`);
  }
  const policy = field("maxmemory_policy") ?? "unknown";
  if (policy !== "noeviction")
    faults.push(`Redis' maxmemory-policy is ${policy}; it must be noeviction, because a queue must never lose entries`);
  return faults;
};

/** Asks the server; throws when it does not answer. */
export const readRedisFaults = async (connection: Redis): Promise<string[]> => findRedisFaults(await connection.info());
