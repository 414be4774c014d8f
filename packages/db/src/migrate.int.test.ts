import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyMigrations, latestMigration } from "./migrate";
import { createTestDatabase, MIGRATIONS_FOLDER, type TestDatabase } from "./testing/database";

let database: TestDatabase;
let folder: string;

const write = async (name: string, sql: string): Promise<void> => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
};

const rows = async (text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  folder = await mkdtemp(join(tmpdir(), "maru-migrations-"));
  await write("001_house", "CREATE TABLE house (id int PRIMARY KEY)");
  await write("002_door", "ALTER TABLE house ADD COLUMN door text; INSERT INTO house VALUES (1, 'south')");
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

describe("applyMigrations", () => {
  it("applies what is missing, in order, and nothing twice", async () => {
    expect(await applyMigrations(database.url, folder)).toEqual(["001_house", "002_door"]);
    expect(await applyMigrations(database.url, folder)).toEqual([]);
    await write("003_roof", "ALTER TABLE house ADD COLUMN roof text");
    expect(await latestMigration(folder)).toBe("003_roof");
    expect(await applyMigrations(database.url, folder)).toEqual(["003_roof"]);
    expect(await rows("SELECT * FROM house")).toEqual([{ id: 1, door: "south", roof: null }]);
  });

  it("refuses a migration that was changed after it had been applied, and then applies none of the new ones", async () => {
    await applyMigrations(database.url, folder);
    await write("001_house", "CREATE TABLE house (id int PRIMARY KEY, quietly text)");
    await write("003_roof", "ALTER TABLE house ADD COLUMN roof text");
    await expect(applyMigrations(database.url, folder)).rejects.toThrow("001_house was changed after it had been applied");
    expect(await rows("SELECT * FROM house")).toEqual([{ id: 1, door: "south" }]);
  });

  it("leaves nothing of a migration that fails, and goes on from there once it is mended", async () => {
    await write("003_roof", "ALTER TABLE house ADD COLUMN roof text; SELECT 1 / 0");
    await expect(applyMigrations(database.url, folder)).rejects.toThrow("003_roof failed");
    expect(await rows("SELECT * FROM house")).toEqual([{ id: 1, door: "south" }]);
    await write("003_roof", "ALTER TABLE house ADD COLUMN roof text");
    expect(await applyMigrations(database.url, folder)).toEqual(["003_roof"]);
  });

  it("lets two that start at once apply each migration once", async () => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url, folder)));
    expect(applied.flat().sort()).toEqual(["001_house", "002_door"]);
    expect(await rows("SELECT count(*)::int AS n FROM _prisma_migrations")).toEqual([{ n: 2 }]);
  });

  it("applies Maru's own migrations", async () => {
    await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
    await rm(join(folder, "001_house"), { recursive: true });
    await rm(join(folder, "002_door"), { recursive: true });
    await applyMigrations(database.url, folder);
    await expect(rows("UPDATE audit_entry SET action = 'forged'")).resolves.toEqual([]);
    await rows("INSERT INTO audit_entry (id, action, subject_type, subject_id) VALUES (gen_random_uuid(), 'a', 'b', 'c')");
    await expect(rows("UPDATE audit_entry SET action = 'forged'")).rejects.toThrow(/append-only/);
    await expect(rows("DELETE FROM audit_entry")).rejects.toThrow(/append-only/);
    await expect(rows("TRUNCATE audit_entry")).rejects.toThrow(/append-only/);
  });
});
