import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

// What may never reach a log, wherever it stands in a logged object (two levels are enough: payloads are flat).
const SECRET_KEYS = [
  "password",
  "passwordHash",
  "secret",
  "token",
  "accessToken",
  "refreshToken",
  "authorization",
  "cookie",
  "otp",
  "set-cookie",
];
const redact = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/** One JSON line per event. `service` tells the process, `requestId` on a child ties a line to the request, outbox row and job it came from. */
export const createLog = (options: { service: string; level?: string; destination?: DestinationStream }): Log => {
  const settings = {
    level: options.level ?? "info",
    base: { service: options.service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redact, censor: "[redacted]" },
  };
  // Buffered by the destination, so that a log line costs a request no system call.
  return options.destination ? pino(settings, options.destination) : pino(settings);
};

const FLUSH_EVERY_MS = 1_000;

/** Standard output, written in blocks and at least once a second. Whoever ends the process flushes it first. */
export const bufferedOutput = () => {
  const output = pino.destination({ dest: 1, sync: false, minLength: 8_192 });
  setInterval(() => output.flush(), FLUSH_EVERY_MS).unref();
  return output;
};
