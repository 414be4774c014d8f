import { randomUUID } from "node:crypto";
import type { Request } from "./load";

/** The requests of the bench, as a browser and a script send them. */
export const createRequests = (person: { cookie: string; token: string }) => {
  const web = { cookie: person.cookie, "sec-fetch-site": "same-origin" };
  const api = { authorization: `Bearer ${person.token}` };
  const query = (procedure: string, input?: unknown): Request => ({
    method: "GET",
    path: `/api/trpc/${procedure}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`,
    headers: web,
  });
  return {
    query,
    rest: (path: string): Request => ({ method: "GET", path: `/api/v1${path}`, headers: api }),
    mutation: (procedure: string, input: unknown): (() => Request) => {
      const body = JSON.stringify(input);
      return () => ({
        method: "POST",
        path: `/api/trpc/${procedure}`,
        headers: { ...web, "content-type": "application/json", "idempotency-key": randomUUID() },
        body,
      });
    },
  };
};
export type Requests = ReturnType<typeof createRequests>;
