import { request } from "node:http";
import { proportionalMb } from "./memory";

type Stream = { close(): void };

const openStream = (origin: string, cookie: string): Promise<Stream> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      `${origin}/api/trpc/notification.stream?input=${encodeURIComponent("{}")}`,
      { headers: { cookie, accept: "text/event-stream", "sec-fetch-site": "same-origin" }, agent: false },
      (response) => {
        if (response.statusCode !== 200) return reject(new Error(`a stream was refused: ${response.statusCode}`));
        response.once("data", () => resolve({ close: () => outgoing.destroy() }));
        response.on("error", () => undefined);
        response.resume();
      },
    );
    outgoing.on("error", reject);
    outgoing.end();
  });

/** Opens streams and tells by how much the web process has grown, in MB. */
export const measureStreams = async (origin: string, cookie: string, webPid: number, count: number): Promise<number> => {
  const before = proportionalMb([webPid]);
  const streams: Stream[] = [];
  for (let opened = 0; opened < count; opened += 50) {
    streams.push(...(await Promise.all(Array.from({ length: Math.min(50, count - opened) }, () => openStream(origin, cookie)))));
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const after = proportionalMb([webPid]);
  for (const stream of streams) stream.close();
  return after - before;
};
