import { ACCOUNT_STATUSES, listAccountsInput } from "@maru/api/identity/contract";
import { describe, expect, it } from "vitest";
import { hrefOfPlace, listInput, readPlace, STATUSES } from "./accounts-place";

describe("the place of the accounts", () => {
  it("offers every state that there is", () => expect([...STATUSES].sort()).toEqual([...ACCOUNT_STATUSES].sort()));

  it.each([
    [{}, "/admin/accounts"],
    [{ q: " 홍길동 ", status: "disabled" }, "/admin/accounts?q=%ED%99%8D%EA%B8%B8%EB%8F%99&status=disabled"],
    [{ q: ["kim", "lee"], status: "gone" }, "/admin/accounts?q=kim"],
    [{ q: `${"가".repeat(80)}\0` }, `/admin/accounts?q=${encodeURIComponent("가".repeat(50))}`],
  ])("is read from %j", (parameters, href) => {
    const place = readPlace(parameters);
    expect(hrefOfPlace(place)).toBe(href);
    expect(listAccountsInput.safeParse(listInput(place)).success).toBe(true);
  });
});
