import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { repositoryRoot } from "../architecture/source-files";
import { differences, fill, type Step, stepsOf, type Told } from "./walkthrough";

const steps = stepsOf(readFileSync(join(repositoryRoot, "docs/api/accounts.md"), "utf8"));
const told: Told = new Map();
let door: TestDoor;

/** The people of the demo whom the page names. */
const createPeople = async ({ db, departments, actors, giveRole }: TestDoor): Promise<void> => {
  const passwordHash = await hashPassword("maru-demo-passphrase");
  for (const [username, name, role] of [
    ["hong", "홍길동", "member"],
    ["admin", "관리자", "system-admin"],
  ] as const) {
    const { id: personId } = await createPerson(db, { name, departmentId: departments.development, email: `${username}@maru.example` });
    const { id: accountId } = await createAccount(db, { username, personId, passwordHash });
    await giveRole({ ...actors.member, id: personId, accountId }, role);
  }
};

beforeAll(async () => {
  door = await startTestDoor();
  await createPeople(door);
});
afterAll(() => door.stop());

const play = async ({ method, path, headers, body }: Step): Promise<{ status: number; answer: unknown }> => {
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value, told)]));
  const answer = await fetch(door.url + fill(path, told), {
    method,
    headers: body === undefined ? filled : { "content-type": "application/json", ...filled },
    ...(body === undefined ? {} : { body: fill(body, told) }),
  });
  return { status: answer.status, answer: await answer.json() };
};

describe("docs/api/accounts.md", () => {
  it.each(steps.map((step, number) => [number + 1, step.title, `${step.method} ${step.path}`, step] as const))(
    "%i. %s: %s",
    async (_number, _title, _request, step) => {
      const { status, answer } = await play(step);
      expect(differences(step.answer, answer, told), JSON.stringify(answer)).toEqual([]);
      expect(status).toBe(step.status);
    },
  );

  it("leaves no path out", async () => {
    const { paths } = (await (await fetch(`${door.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.entries(paths)
      .filter(([path]) => /^\/(api\/v1\/)?(auth|users|admin\/users)(\/|$)/.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, "")}`));
    const shape = (path: string) => path.replace(/\?.*$/, "").replace(/\{\w+\}/g, "{}");
    const played = new Set(steps.map(({ method, path }) => `${method} ${shape(path.replace(/^\/api\/v1/, ""))}`));
    expect(documented.length).toBeGreaterThan(20);
    expect(documented.filter((operation) => !played.has(shape(operation)))).toEqual([]);
  });
});
