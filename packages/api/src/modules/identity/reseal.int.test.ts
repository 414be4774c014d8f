import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newId } from "@maru/platform/crypto/id";
import { newKey, openKeyring } from "@maru/platform/crypto/keyring";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { resealSecrets } from "./service/reseal";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const ROWS = 450;
const place = (id: string) => ({ table: "totp_factor", column: "secret", id });

it("brings everything to the new key in batches, goes on where it was stopped, and leaves what no key opens", async () => {
  const ids = Array.from({ length: ROWS }, newId);
  const seal = (id: string) => test.maru.tools.keyring.seal(`secret of ${id}`, place(id));
  await test.db.totpFactor.createMany({ data: ids.map((id) => ({ id, accountId: newId(), secret: seal(id), createdAt: new Date() })) });
  const lost = newId();
  const moved = seal(ids[0] as string);
  await test.db.totpFactor.create({ data: { id: lost, accountId: newId(), secret: moved, createdAt: new Date() } });

  const file = join(test.dataDir, "keys");
  writeFileSync(file, `${newKey()}\n${readFileSync(file, "utf8")}`);
  const { keyring } = test.maru.tools;
  const ctx = test.contextFor(test.actors.admin);
  const current = () => test.db.totpFactor.count({ where: { secret: { startsWith: keyring.currentPrefix() } } });

  // Stopped after its first batch.
  const stop = new AbortController();
  const tx: typeof ctx.tx = (work) => ctx.tx(work).finally(() => stop.abort(new Error("stopped")));
  await expect(resealSecrets({ ...ctx, tx }, stop.signal)).rejects.toThrow("stopped");
  expect(await current()).toBe(200);

  await resealSecrets(ctx, new AbortController().signal);
  expect(await current()).toBe(ROWS);
  const told = await test.db.auditEntry.findMany({ where: { action: "identity.secrets.reseal" }, orderBy: { at: "asc" } });
  expect(told.map(({ subjectId, details }) => ({ subjectId, ...(details as object) }))).toEqual(
    [200, 200, 50].map((count) => ({ subjectId: "totp_factor.secret", count })),
  );
  for (const { id, secret } of await test.db.totpFactor.findMany({ where: { id: { in: ids } } }))
    expect(keyring.open(secret, place(id))).toBe(`secret of ${id}`);
  expect((await test.db.totpFactor.findUniqueOrThrow({ where: { id: lost } })).secret).toBe(moved);

  // With the old key gone, what was brought over still opens.
  writeFileSync(file, `${readFileSync(file, "utf8").split("\n")[0]}\n`);
  const row = await test.db.totpFactor.findFirstOrThrow({ where: { id: { in: ids } } });
  expect(openKeyring(test.dataDir, null).open(row.secret, place(row.id))).toBe(`secret of ${row.id}`);
});
