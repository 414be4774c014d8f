import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../../../scripts/stack/ports.mjs";
import { productEnvironment, productServices } from "../../../../scripts/stack/product.mjs";
import { generate } from "../../../../scripts/stack/secrets.mjs";
import { Supervisor } from "../../../../scripts/stack/supervisor.mjs";
import { stage } from "./env";

/** The port, where somebody must know it before, and what the process is told besides. */
type Options = { readonly port?: number; readonly env?: Readonly<Record<string, string>> };

/**
 * A second web process before the product's database, under a name instead of an address: browsers make passkeys for names alone. Its worker
 * is the product's.
 */
export const startNamedDoor = async (options: Options = {}): Promise<{ url: string; stop: () => Promise<void> }> => {
  const dataFolder = mkdtempSync(join(tmpdir(), "maru-named-door-"));
  for (const name of ["run", "logs"]) mkdirSync(join(dataFolder, name));
  const port = options.port ?? (await findFreePort());
  const url = `http://localhost:${port}`;
  const settings = productEnvironment({
    ...{ databaseUrl: stage.databaseUrl(), redisUrl: stage.redisUrl(), dataFolder, secret: generate(), url, isDemo: true },
    ...{ host: "127.0.0.1", port, workerPort: 0 },
  });
  const env = { ...settings, ...options.env };
  const supervisor = new Supervisor({ runFolder: join(dataFolder, "run"), say: () => undefined });
  await supervisor.start(productServices(env, join(dataFolder, "logs")).web);
  return {
    url,
    stop: async () => {
      await supervisor.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};
