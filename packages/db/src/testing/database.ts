import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { applyMigrations } from "../migrate";
import { testRun, testServers } from "./env";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

const withClient = async <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const urlOf = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
};

// The name says what the template holds and whose it is: another text of the migrations, another clone or another run has another template.
const templateName = async (): Promise<string> => {
  const hash = createHash("sha256").update(`${MIGRATIONS_FOLDER}\n${testRun()}\n`);
  for (const name of (await readdir(MIGRATIONS_FOLDER)).sort()) {
    const text = await readFile(join(MIGRATIONS_FOLDER, name, "migration.sql"), "utf8").catch(() => "");
    hash.update(`${name}\n${text}\n`);
  }
  return `maru_template_${hash.digest("hex").slice(0, 16)}`;
};

const makeTemplate = async (serverUrl: string, template: string): Promise<void> =>
  withClient(serverUrl, async (client) => {
    // One makes it, the others wait here and find it. The lock ends with the connection, however that happens.
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [template]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount) return;
    // Migrated under another name first: a template that carries its name is whole, even when its maker was killed.
    const unfinished = `${template}_unfinished`;
    await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${unfinished}" ENCODING 'UTF8' TEMPLATE template0`);
    await applyMigrations(urlOf(serverUrl, unfinished), MIGRATIONS_FOLDER);
    await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${template}"`);
  });

let ready: Promise<string> | undefined;

/** An empty database on the test server; with `migrated: false` nothing stands in it. */
export const createTestDatabase = async (options: { migrated?: boolean } = {}): Promise<TestDatabase> => {
  const { databaseUrl } = testServers();
  const isMigrated = options.migrated ?? true;
  ready ??= templateName().then(async (name) => {
    await makeTemplate(databaseUrl, name);
    return name;
  });
  const template = isMigrated ? await ready : "template0";
  const database = `maru_test_${randomBytes(8).toString("hex")}`;
  await withClient(databaseUrl, (client) => client.query(`CREATE DATABASE "${database}" ENCODING 'UTF8' TEMPLATE "${template}"`));
  const drop = async (): Promise<void> => {
    await withClient(databaseUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`));
  };
  return { url: urlOf(databaseUrl, database), drop };
};
