import { readPort } from "./ports.mjs";

/**
 * @typedef {{
 *   host: string,
 *   port: number,
 *   url: string,
 *   isLoopback: boolean,
 *   isDemo: boolean,
 *   databaseUrl: string | null,
 *   redisUrl: string | null,
 *   remarks: string[],
 * }} LaunchSettings
 */

/**
 * Reads what the environment asks for; nothing needs to be set.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<LaunchSettings>}
 */
export async function readLaunchSettings(env) {
  const host = env.MARU_HOST || "127.0.0.1";
  const port = await readPort(env.PORT);
  const isLoopback = host === "localhost" || host === "::1" || /^127\./.test(host);
  const databaseUrl = env.DATABASE_URL || null;
  const wantsDemo = env.MARU_DEMO ? env.MARU_DEMO === "1" : databaseUrl === null;
  const remarks = [];
  // Everybody can read the demo's password in the README, so it never listens to a network.
  if (wantsDemo && !isLoopback) remarks.push(`Without demo accounts, because MARU_HOST=${host} can be reached from other machines.`);
  return {
    host,
    port,
    url: (env.MARU_URL || `http://127.0.0.1:${port}`).replace(/\/+$/, ""),
    isLoopback,
    isDemo: wantsDemo && isLoopback,
    databaseUrl,
    redisUrl: env.REDIS_URL || null,
    remarks,
  };
}
