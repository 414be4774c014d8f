import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createClientAddress, isLoopbackAddress } from "./address";

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

describe("the address of a client (ASVS 4.1.3)", () => {
  it.each([
    ["without a proxy a header is only somebody's word", [], "203.0.113.7", "1.2.3.4", "203.0.113.7"],
    ["a stranger's header is not believed", ["10.0.0.1"], "203.0.113.7", "1.2.3.4", "203.0.113.7"],
    ["the proxy's word is", ["10.0.0.1"], "10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["what the client put before it is not", ["10.0.0.1"], "10.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7"],
    ["proxies in a row are gone through", ["10.0.0.0/24"], "10.0.0.1", "1.2.3.4, 203.0.113.7, 10.0.0.9", "203.0.113.7"],
    ["what is no address ends the chain", ["10.0.0.1"], "10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"],
    ["a proxy that says nothing", ["10.0.0.1"], "10.0.0.1", undefined, "10.0.0.1"],
    ["IPv4 in IPv6's clothes", ["10.0.0.1"], "::ffff:10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
    ["IPv6", ["fd00::/8"], "fd00::1", "2001:db8::7", "2001:db8::7"],
  ])("%s", (_name, proxies, remote, forwarded, expected) => {
    expect(createClientAddress(proxies)(request(remote, forwarded))).toBe(expected);
  });
});

describe("loopback", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.8.9.1", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["0.0.0.0", false],
    ["10.0.0.1", false],
    ["127.0.0.1.evil.example", false],
    ["", false],
  ])("%s: %s", (address, expected) => expect(isLoopbackAddress(address)).toBe(expected));
});
