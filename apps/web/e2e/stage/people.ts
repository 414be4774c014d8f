import { type APIRequestContext, type BrowserContext, request } from "@playwright/test";
import type { Database } from "./database";
import { stage } from "./env";

const PASSWORD = "maru-demo-passphrase";

/** Lets everybody of the demo organisation sign in with the demo password: a journey then has people of its own. */
export const lendPasswords = async (database: Database): Promise<void> => {
  await database.rows(
    `UPDATE account SET password_hash = (SELECT password_hash FROM account WHERE username = 'hong')
     WHERE password_hash IS NULL AND source_id IS NULL AND state = 'ACTIVE'`,
  );
};

/** Leaves a person this role alone, or none. The session that is opened next has it. */
export const setRole = async (database: Database, username: string, role: string | null): Promise<void> => {
  const { id } = await database.row<{ id: string }>("SELECT id FROM account WHERE username = $1", [username]);
  await database.rows("DELETE FROM role_assignment WHERE account_id = $1", [id]);
  if (role === null) return;
  await database.rows("INSERT INTO role_assignment (id, account_id, role_id) SELECT gen_random_uuid(), $1, id FROM role WHERE key = $2", [
    id,
    role,
  ]);
};

export const personIdOf = async (database: Database, username: string): Promise<string> => {
  const { person_id } = await database.row<{ person_id: string }>("SELECT person_id FROM account WHERE username = $1", [username]);
  return person_id;
};

/** Opens a session as the sign-in page does, without drawing it and past any proxy of the browser. */
export const signIn = async (context: BrowserContext, username: string): Promise<void> => {
  const door = await request.newContext({
    baseURL: stage.url(),
    extraHTTPHeaders: { origin: stage.url(), "sec-fetch-site": "same-origin" },
  });
  const { csrfToken } = (await (await door.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken, username, password: PASSWORD, json: "true" };
  const answer = await door.post("/api/auth/callback/credentials", { form, maxRedirects: 0 });
  const { cookies } = await door.storageState();
  await door.dispose();
  if (!cookies.some(({ name }) => name.includes("session"))) throw new Error(`${username} could not sign in: ${answer.status()}`);
  await context.addCookies(cookies);
};

export type Answer = { readonly status: number; readonly data: unknown; readonly code: string | null };

/** Calls a command of the tRPC door with a person's session. */
export const call = async (door: APIRequestContext, procedure: string, input: unknown): Promise<Answer> => {
  const answer = await door.post(`${stage.url()}/api/trpc/${procedure}`, {
    headers: { origin: stage.url(), "sec-fetch-site": "same-origin", "content-type": "application/json" },
    data: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data?: unknown }; error?: { data?: { app?: { code?: string } } } };
  return { status: answer.status(), data: body.result?.data ?? null, code: body.error?.data?.app?.code ?? null };
};
