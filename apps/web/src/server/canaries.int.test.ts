import { receiveToken } from "@maru/api/testing";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { hashPassword } from "@maru/platform/crypto/password";
import { createLog } from "@maru/platform/log";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

const OLD = "canary-old-password-41d0aa";
const NEW = "canary-new-password-77be93";
const NEWEST = "canary-newest-password-0c6f5e";
const MAIL = "canary@maru.example";
/** The mails of an installation without a mail server: whoever reads them may do whatever they say. */
const MAILBOX = "mail_message";

const logged: string[] = [];
let door: TestDoor;

beforeAll(async () => {
  door = await startTestDoor({
    log: createLog({ service: "test", level: "trace", destination: { write: (line) => void logged.push(line) } }),
  });
});
afterAll(() => door.stop());

type Json = Record<string, unknown>;
const send = async (url: string, headers: Record<string, string>, body: unknown): Promise<Json> => {
  const typed = { ...headers, "content-type": "application/json" };
  return (await (await fetch(door.url + url, { method: "POST", headers: typed, body: JSON.stringify(body) })).json()) as Json;
};
const rest = async (path: string, body: unknown, token?: string): Promise<Json> =>
  ((await send(`/api/v1${path}`, token ? { authorization: `Bearer ${token}` } : {}, body)).data ?? {}) as Json;

/** Mail, reset, another password and a second factor, as their owner and as a bungler go through them; gives every secret on the way. */
const goThroughAll = async (): Promise<string[]> => {
  const { id: personId } = await createPerson(door.db, { email: MAIL });
  const { id: accountId, username } = await createAccount(door.db, { personId, passwordHash: await hashPassword(OLD) });
  await rest("/auth/forgot-password", { username, locale: "ko" });
  const link = await receiveToken(door, MAIL);
  await rest("/auth/reset-password", { token: `${link}x`, password: NEW });
  await rest("/auth/reset-password", { token: link, password: "short" });
  await rest("/auth/reset-password", { token: link, password: NEW });
  await rest("/auth/verify-email", { token: link });
  const signedIn = await rest("/auth/login", { username, password: NEW });
  await rest("/auth/change-password", { currentPassword: OLD, newPassword: NEWEST }, signedIn.accessToken as string);
  await rest("/auth/change-password", { currentPassword: NEW, newPassword: NEWEST }, signedIn.accessToken as string);

  const browser = await door.browser({ ...door.actors.member, id: personId, accountId });
  const trpc = async (procedure: string, input: unknown): Promise<Json> =>
    ((await send(`/api/trpc/${procedure}`, browser, input)).result as { data: Json }).data;
  const { secret } = (await trpc("factor.startGenerator", {})) as { secret: string };
  const { recoveryCodes } = (await trpc("factor.confirmGenerator", { code: new TOTP({ secret }).generate() })) as {
    recoveryCodes: string[];
  };
  const refused = await send("/api/v1/auth/login", {}, { username, password: NEWEST });
  const { challenge } = (refused.error as { details: { challenge?: string }[] & { challenge?: string } }).details;
  await rest("/auth/second-factor", { challenge, code: recoveryCodes[1] });
  await rest("/auth/login", { username, password: NEWEST, otp: recoveryCodes[0] });
  await rest("/auth/confirm-password", { password: OLD }, signedIn.accessToken as string);
  return [OLD, NEW, NEWEST, link, secret, ...recoveryCodes, ...(challenge ? [challenge] : [])];
};

it("passwords, links, generators, codes and challenges stand in no log line, and in the database only hashed or sealed", async () => {
  const secrets = await goThroughAll();
  expect(secrets.length).toBeGreaterThan(13);
  expect(secrets.filter((secret) => secret.length < 12)).toEqual([]);
  expect(door.lines.length).toBeGreaterThan(12);
  const text = [...logged, ...door.lines].join("\n");
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  const tables = await door.db.$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
  expect(tables.length).toBeGreaterThan(30);
  for (const { name } of tables.filter((table) => table.name !== MAILBOX)) {
    const rows = await door.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    const stored = rows.map(({ row }) => row).join("\n");
    expect([name, secrets.filter((secret) => stored.includes(secret))]).toEqual([name, []]);
  }
});
