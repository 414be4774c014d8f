import { newId } from "@maru/platform/crypto/id";
import type { SealedPlace } from "@maru/platform/crypto/keyring";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { Ctx } from "../../../tools";
import { syncErrors, type TestSourceInput, type TestStepView, type TestTicketView } from "../contract";
import { prepareTest, type Tried, tryServer } from "./test-source";

/** As long as a page needs to open a stream. */
const TICKET_TTL_MS = 60_000;

// Nobody reads it again after a minute, so it is not among the columns that are brought to a new key.
const placeOf = (id: string): SealedPlace => ({ table: "sync_test", column: "sealed", id });

/** Forgets the tests that nobody has come to watch. */
export const forgetTests = async ({ db, now }: Ctx): Promise<void> => {
  await db.syncTest.deleteMany({ where: { expiresAt: { lte: now() } } });
};

/**
 * Keeps settings for a test that is watched in a moment. What a stream is asked for stands in its address, where a password must not: it gets a
 * ticket instead. A session has one test at a time; the one that it has not watched is forgotten.
 */
export const beginTest = async (ctx: Ctx, input: TestSourceInput): Promise<TestTicketView> => {
  const { sessionId } = ctx.actor;
  if (sessionId === null) throw syncErrors.testNotFound();
  const tried = await prepareTest(ctx, input);
  const id = newId();
  const ticket = randomSecret();
  const sealed = ctx.tools.keyring.seal(JSON.stringify(tried), placeOf(id));
  const expiresAt = new Date(ctx.now().getTime() + TICKET_TTL_MS);
  await ctx.tx(async (tx) => {
    await tx.db.syncTest.deleteMany({ where: { OR: [{ sessionId }, { expiresAt: { lte: tx.now() } }] } });
    await tx.db.syncTest.create({ data: { id, secretHash: sha256(ticket), sessionId, sealed, expiresAt } });
  });
  return { ticket };
};

/** Takes what a ticket stands for, once. Somebody else's does not use it up. */
const takeTest = async (ctx: Ctx, ticket: string): Promise<Tried> => {
  const taken = await ctx.sql
    .deleteFrom("sync_test")
    .where("secret_hash", "=", sha256(ticket))
    .where("session_id", "=", ctx.actor.sessionId)
    .where("expires_at", ">", ctx.now())
    .returning(["id", "sealed"])
    .executeTakeFirst();
  if (!taken) throw syncErrors.testNotFound();
  return JSON.parse(ctx.tools.keyring.open(taken.sealed, placeOf(taken.id))) as Tried;
};

/** Does the test of a ticket and yields each stage as it is done. A ticket that opens nothing is refused before the stream begins. */
export const watchTest = async (
  ctx: Ctx,
  { ticket }: { ticket: string },
  signal?: AbortSignal,
): Promise<AsyncGenerator<TestStepView, void, void>> => tryServer(ctx, await takeTest(ctx, ticket), signal);
