import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type Instance, signInOnApi } from "./instance";
import { type LoadResult, measureAtRate, median, type Request } from "./load";
import { atMost, type Line } from "./report";

const PEOPLE = 50;

type Reading = LoadResult & { readonly signInSeconds: number };

/** Fifty people of the demo, each of whom can sign in with its passphrase now. */
const openAccounts = async (databaseUrl: string): Promise<string[]> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ username: string }>(
      `UPDATE account SET password_hash = (SELECT password_hash FROM account WHERE username = 'hong')
        WHERE id IN (SELECT id FROM account WHERE state = 'ACTIVE' ORDER BY username LIMIT ${PEOPLE}) RETURNING username`,
    );
    return rows.map(({ username }) => username);
  } finally {
    await client.end();
  }
};

/** How long those wait who read at 300 requests a second while everybody signs in at the same moment. */
const readBeside = async (origin: string, usernames: readonly string[], request: Request): Promise<Reading> => {
  const reading = measureAtRate(origin, () => request, { perSecond: 300, seconds: 4, connections: 32 });
  await sleep(500);
  const startedAt = performance.now();
  await Promise.all(usernames.map((username) => signInOnApi(origin, username)));
  const signInSeconds = (performance.now() - startedAt) / 1000;
  return { ...(await reading), signInSeconds };
};

/** Whether those who read feel it when everybody signs in at nine o'clock: a password takes a processor for a while, on purpose. */
export const measureSignIns = async ({ origin, databaseUrl }: Instance, request: Request): Promise<Line> => {
  const usernames = await openAccounts(databaseUrl);
  const turns: Reading[] = [];
  // The first turn warms up, as everywhere.
  for (let turn = 0; turn <= 3; turn += 1) turns.push(await readBeside(origin, usernames, request));
  const counted = turns.slice(1);
  const errors = turns.reduce((sum, turn) => sum + turn.errors, 0);
  const seconds = median(counted.map((turn) => turn.signInSeconds));
  const note = ` (all of them after ${seconds.toFixed(1)} s, ${errors} errors)`;
  const p95Ms = median(counted.map((turn) => turn.p95Ms));
  const line = atMost(`post list at 300 req/s while ${usernames.length} people sign in: p95`, p95Ms, 50, " ms", note);
  return { ...line, isMet: line.isMet && errors === 0 && usernames.length === PEOPLE };
};
