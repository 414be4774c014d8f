import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "./database";

const query = async <Row extends object>(url: string, text: string): Promise<Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

describe("createTestDatabase", () => {
  it("makes migrated databases that know nothing of each other, several at once", async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    const [first, second] = databases;
    expect(new Set(databases.map(({ url }) => url)).size).toBe(3);
    await query(first?.url ?? "", "INSERT INTO role (id, key, name, name_en) VALUES (gen_random_uuid(), 'x', 'x', 'x')");
    expect(await query(second?.url ?? "", "SELECT key FROM role")).toEqual([]);
    for (const database of databases) await database.drop();
    await expect(query(first?.url ?? "", "SELECT 1")).rejects.toThrow(/does not exist/);
  });

  it("makes an empty one for whoever migrates alone", async () => {
    const database = await createTestDatabase({ migrated: false });
    const tables = await query(database.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    await database.drop();
    expect(tables).toEqual([]);
  });
});
