import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The wire between a browser and the product: a proxy that can be cut. What Chromium calls offline spares workers that tabs share and
 * connections that stand open; a cut wire spares nothing.
 */
export class Wire {
  #server: Server | null = null;
  #port = 0;

  static async lay(): Promise<Wire> {
    const wire = new Wire();
    await wire.join();
    return wire;
  }

  /** For `open(…, { proxy })`. */
  get proxy(): { readonly server: string } {
    return { server: `http://127.0.0.1:${this.#port}` };
  }

  async join(): Promise<void> {
    const server = createServer((incoming, outgoing) => {
      const { host, pathname, search } = new URL(incoming.url ?? "");
      const path = pathname + search;
      const onward = request({
        host: host.split(":")[0],
        port: host.split(":")[1],
        method: incoming.method,
        path,
        headers: incoming.headers,
      });
      onward.once("response", (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        // The first bytes of a stream may be long in coming.
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      });
      onward.once("error", () => outgoing.destroy());
      outgoing.once("close", () => onward.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Ends every connection at once and takes no new one until `join`. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}
