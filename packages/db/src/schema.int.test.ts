import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/database";

// Prisma does not read the operator class of a btree index back from the database, so it always wants this one made again.
const UNREADABLE = ["department_path_idx"];

const PRISMA = fileURLToPath(new URL("../scripts/prisma.mjs", import.meta.url));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What would have to be done to the migrated database until it equals the schema. Partial and expression indexes, checks and triggers are not Prisma's. */
const differences = async (): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [PRISMA, "migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema", "--script"],
    { env: { ...process.env, DATABASE_URL: database.url } },
  );
  const statements = stdout
    .replace(/^--.*$/gm, "")
    .split(";")
    .map((statement) => statement.trim());
  return statements.filter((statement) => statement !== "" && !UNREADABLE.some((name) => statement.includes(`"${name}"`)));
};

describe("the Prisma schema", () => {
  it("describes what the migrations make", async () => {
    expect(await differences()).toEqual([]);
  });

  it("would be told apart from another database", async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("ALTER TABLE board ADD COLUMN colour text");
    await client.end();
    expect(await differences()).toEqual([expect.stringContaining('DROP COLUMN "colour"')]);
  });
});
