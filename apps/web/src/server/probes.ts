import type { Maru } from "@maru/api";
import { equalSecrets } from "@maru/platform/crypto/token";
import { readBearer } from "@maru/platform/http";
import { isLoopbackAddress } from "@maru/platform/http/address";
import type { Visit } from "./visit";

/** Below the 3 s in which whoever asks must have an answer. */
const DATABASE_ANSWERS_WITHIN_MS = 2_500;

type Options = {
  readonly maru: Maru;
  readonly registry: { readonly contentType: string; metrics(): Promise<string> };
  /** The migration that this build needs the database to have; null where it is not known. */
  readonly migration: string | null;
  readonly metricsToken: string | null;
  readonly isDraining: () => boolean;
};

type Readiness = "ready" | "draining" | "database unreachable" | "database not migrated";

const within = async <Result>(work: Promise<Result>, limitMs: number): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), limitMs);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
};

/** What supervisors and monitoring ask. */
export const createProbes = ({ maru, registry, migration, metricsToken, isDraining }: Options) => {
  const readiness = async (): Promise<Readiness> => {
    if (isDraining()) return "draining";
    try {
      if (migration === null) {
        await within(maru.database.pool.query("SELECT 1"), DATABASE_ANSWERS_WITHIN_MS);
        return "ready";
      }
      const found = await within(
        maru.database.pool.query(`SELECT 1 FROM "_prisma_migrations" WHERE "migration_name" = $1 AND "finished_at" IS NOT NULL`, [
          migration,
        ]),
        DATABASE_ANSWERS_WITHIN_MS,
      );
      return found.rowCount ? "ready" : "database not migrated";
    } catch (error) {
      // The table that is missing before the first migration.
      return (error as { code?: unknown }).code === "42P01" ? "database not migrated" : "database unreachable";
    }
  };

  const send = ({ response }: Visit, status: number, body: string, type = "text/plain; charset=utf-8"): void => {
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...(status === 503 ? { "retry-after": "1" } : {}) });
    response.end(body);
  };

  // A forwarded header from somebody who is no configured proxy means that a proxy stands here which nobody told us of.
  const mayReadMetrics = ({ request, address }: Visit): boolean => {
    const token = readBearer(request.headers.authorization);
    if (metricsToken !== null && token !== null) return equalSecrets(token, metricsToken);
    return isLoopbackAddress(address) && request.headers["x-forwarded-for"] === undefined;
  };

  return {
    livez: (visit: Visit): void => send(visit, 200, "alive\n"),
    readyz: async (visit: Visit): Promise<void> => {
      const state = await readiness();
      send(visit, state === "ready" ? 200 : 503, `${state}\n`);
    },
    metrics: async (visit: Visit): Promise<void> => {
      if (!mayReadMetrics(visit)) return send(visit, 404, "not found\n");
      send(visit, 200, await registry.metrics(), registry.contentType);
    },
  };
};
