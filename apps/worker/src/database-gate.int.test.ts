import { createTestDatabase, type TestDatabase } from "@maru/db/testing/database";
import { testServers } from "@maru/db/testing/env";
import { createLog } from "@maru/platform/log";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createDatabaseGate, type DatabaseGate } from "./database-gate";

let database: TestDatabase;
let gate: DatabaseGate;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(async () => {
  gate.stop();
  await letIn(true);
});
afterAll(() => database.drop());

const ask = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

/** Whether the database takes connections: one that takes none is away, for whoever needs it. */
const letIn = (isOpen: boolean): Promise<void> =>
  ask(testServers().databaseUrl, `ALTER DATABASE "${new URL(database.url).pathname.slice(1)}" WITH ALLOW_CONNECTIONS ${isOpen}`);

const openGate = (): boolean[] => {
  gate = createDatabaseGate(() => ask(database.url, "SELECT 1"), createLog({ service: "test", level: "silent" }));
  const changes: boolean[] = [];
  gate.onChange((isOpen) => changes.push(isOpen));
  return changes;
};

it("stays open when the database answers, whatever somebody suspects", async () => {
  const changes = openGate();
  expect(await gate.suspect()).toBe(false);
  expect(gate.isOpen()).toBe(true);
  await gate.whenOpen(new AbortController().signal);
  expect(changes).toEqual([]);
});

it("closes when it does not, tells once, and opens by itself when it is back", async () => {
  const changes = openGate();
  await letIn(false);
  expect(await Promise.all([gate.suspect(), gate.suspect()])).toEqual([true, true]);
  expect(gate.isOpen()).toBe(false);
  let isWaiting = true;
  const waited = gate.whenOpen(new AbortController().signal).then(() => {
    isWaiting = false;
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(isWaiting).toBe(true);
  expect(changes).toEqual([false]);
  await letIn(true);
  await waited;
  expect(gate.isOpen()).toBe(true);
  expect(changes).toEqual([false, true]);
});

it("lets go whoever has no time to wait, and ends with its worker", async () => {
  openGate();
  await letIn(false);
  await gate.suspect();
  const impatient = new AbortController();
  const waited = gate.whenOpen(impatient.signal);
  impatient.abort(new Error("no time"));
  await expect(waited).rejects.toThrow("no time");
  await expect(gate.whenOpen(AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
  gate.stop();
  await letIn(true);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(gate.isOpen()).toBe(false);
});
