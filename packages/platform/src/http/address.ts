import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** The addresses of our own proxies, as `10.0.0.2` or `10.0.0.0/24`. */
const blockListOf = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const plain = (address: string): string => (address.startsWith("::ffff:") ? address.slice(7) : address);

const contains = (list: BlockList, address: string): boolean => {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
};

const loopback = blockListOf(["127.0.0.0/8", "::1"]);
/** True for an address that only this machine can have. */
export const isLoopbackAddress = (address: string): boolean => contains(loopback, plain(address));

export type ClientAddress = (request: IncomingMessage) => string;

/**
 * Who really asks. `X-Forwarded-For` is believed only when it comes from a configured proxy, and then from the right: the first address
 * that is no proxy of ours. Everything left of that was written by whoever asked.
 */
export const createClientAddress = (trustedProxies: readonly string[]): ClientAddress => {
  const trusted = blockListOf(trustedProxies);
  if (trustedProxies.length === 0) return (request) => plain(request.socket.remoteAddress ?? "");
  return (request) => {
    const direct = plain(request.socket.remoteAddress ?? "");
    if (!contains(trusted, direct)) return direct;
    const header = request.headers["x-forwarded-for"];
    const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",");
    for (const hop of hops.reverse()) {
      const address = plain(hop.trim());
      // What is no address was never written by a proxy: the chain ends here.
      if (isIP(address) === 0) return direct;
      if (!contains(trusted, address)) return address;
    }
    return direct;
  };
};
