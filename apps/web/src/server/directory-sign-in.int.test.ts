import { randomUUID } from "node:crypto";
import { createServerSource, createVouched } from "@maru/api/testing";
import { startHostileLdap } from "@maru/platform/ldap/testing/hostile-server";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

const RIGHT = "canary-directory-51f0c2";
const WRONG = "canary-mistyped-9ad4e7";
const logged: string[] = [];
let door: TestDoor;
let directory: Awaited<ReturnType<typeof startHostileLdap>>;
let username: string;

beforeAll(async () => {
  door = await startTestDoor({
    log: createLog({ service: "test", level: "trace", destination: { write: (line) => void logged.push(line) } }),
  });
  directory = await startHostileLdap({
    onBind: (dn, password) => ({ code: dn === "cn=sync" || password === RIGHT ? 0 : 49 }),
    onSearch: (_search, answer) => {
      answer.entry("cn=her own,dc=corp", { entryUUID: [randomUUID()] });
      answer.done({ cookie: "" });
    },
  });
  const sourceId = await createServerSource(door, { url: directory.url });
  username = (await createVouched(door, sourceId, `d-${randomUUID()}`)).username;
});
afterAll(() => door.stop());

/** Through the API, and what the sign-in page asks. */
const signIn = async (password: string) => {
  const body = JSON.stringify({ username, password });
  const answer = await fetch(`${door.url}/api/v1/auth/login`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { error } = (await answer.json()) as { error?: { code: string } };
  const web = await door.app.signIn({ username, password }, { get: () => null }).then(
    () => "in",
    (failure: { code?: string }) => failure.code,
  );
  return { status: answer.status, code: error?.code ?? "in", web };
};

describe("the doors", () => {
  it("let in whom a directory vouches for, and tell the same of everything else", async () => {
    expect(await signIn(RIGHT)).toEqual({ status: 200, code: "in", web: "in" });
    expect(await signIn(WRONG)).toEqual({ status: 401, code: "identity.signInRefused", web: "identity.signInRefused" });
    await directory.close();
    const away = "identity.directoryUnavailable";
    expect(await signIn(RIGHT)).toEqual({ status: 503, code: away, web: away });
    expect(await signIn(WRONG)).toEqual({ status: 503, code: away, web: away });
  });

  it("write down that a directory is away, and no password: neither hers nor that of the source", () => {
    const written = [...logged, ...door.lines].join("\n");
    expect(written).toContain("a directory could not be asked for a password");
    expect(written).not.toMatch(/canary-|the password of the source/u);
  });
});
