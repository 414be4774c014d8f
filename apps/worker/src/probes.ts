import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WorkerTelemetry } from "@maru/platform/telemetry";

type ProbeOptions = {
  readonly port: number;
  readonly telemetry: WorkerTelemetry;
  readonly isAlive: () => boolean;
  readonly isReady: () => boolean;
};

/** What supervisors and Prometheus ask, on loopback alone: it says nothing that is worth protecting, and everything that is worth knowing. */
export const startProbes = async ({ port, telemetry, isAlive, isReady }: ProbeOptions) => {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, contentType = "text/plain; charset=utf-8") => {
      response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(body);
    };
    const { pathname } = new URL(request.url ?? "/", "http://worker");
    if (pathname === "/livez") return answer(isAlive() ? 200 : 503, isAlive() ? "alive\n" : "wedged\n");
    if (pathname === "/readyz") return answer(isReady() ? 200 : 503, isReady() ? "ready\n" : "not ready\n");
    if (pathname !== "/metrics") return answer(404, "not found\n");
    telemetry.registry.metrics().then(
      (text) => answer(200, text, telemetry.registry.contentType),
      () => answer(500, "no metrics\n"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
