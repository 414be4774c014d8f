import { readdirSync, readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { Client } from "pg";

const childrenOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(/\s+/).filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

/** A process and all below it. */
export const processTree = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(processTree)];

/** The process below this one that runs a program, if there is one. */
export const findProcess = (pid: number, program: string): number | undefined =>
  processTree(pid).find((each) => commandOf(each).includes(program));

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

const proportionalKib = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

/** Proportional memory in MB (pages that processes share are counted once), of these processes and all below them. */
export const proportionalMb = (pids: readonly number[]): number =>
  [...new Set(pids.flatMap(processTree))].reduce((sum, pid) => sum + proportionalKib(pid), 0) / 1024;

/** The processes of the two servers behind the addresses, when they run on this machine. */
export const serverPids = async (databaseUrl: string, redisUrl: string): Promise<number[]> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const postmaster = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${rows[0]?.pid}/status`, "utf8"))?.[1]);
  await client.end();
  const redis = new Redis(redisUrl);
  const redisPid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
  redis.disconnect();
  return [postmaster, redisPid];
};
