import type { AppRouter } from "@maru/api";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { describe, expect, it } from "vitest";
import { passwordLink } from "./password-link";

const refused = (code: string) =>
  TRPCClientError.from<AppRouter>({ error: { message: code, code: -32_603, data: { httpStatus: 403, app: { code } } } } as never);

/** A server that refuses a call with these codes, one after the other, and then does it. */
const clientOf = (codes: string[], ask: () => Promise<boolean>) => {
  const sent: unknown[] = [];
  const server: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.id);
        const code = codes.shift();
        if (code) return observer.error(refused(code));
        observer.next({ result: { data: { done: true } } });
        observer.complete();
      });
  return { client: createTRPCClient<AppRouter>({ links: [passwordLink(ask), server] }), sent };
};

describe("a call that is refused for want of a password", () => {
  it("is sent again, as the same call, once the password was given", async () => {
    const { client, sent } = clientOf(["identity.passwordNeeded"], async () => true);
    expect(await client.factor.removeGenerator.mutate({})).toEqual({ done: true });
    expect(sent).toEqual([1, 1]);
  });
  it("is refused when it was not given", async () => {
    const { client, sent } = clientOf(["identity.passwordNeeded"], async () => false);
    await expect(client.factor.removeGenerator.mutate({})).rejects.toThrow("identity.passwordNeeded");
    expect(sent).toHaveLength(1);
  });
  it("asks once, and for nothing else", async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return true;
    };
    await expect(
      clientOf(["identity.passwordNeeded", "identity.passwordNeeded"], ask).client.factor.removeGenerator.mutate({}),
    ).rejects.toThrow();
    await expect(clientOf(["common.forbidden"], ask).client.factor.removeGenerator.mutate({})).rejects.toThrow("common.forbidden");
    expect(asked).toBe(1);
  });
});
