import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForNode } from "../../turbo/bundle/bundle-for-node.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = join(here, "dist");
const migrations = fileURLToPath(new URL("../../packages/db/prisma/migrations", import.meta.url));

// Native modules find their binaries beside themselves, so they stay where they are installed; they stand in this package's dependencies.
const external = ["sharp", "@node-rs/argon2", "pg-native"];

await rm(outdir, { recursive: true, force: true });
await bundleForNode({
  absWorkingDir: here,
  entryPoints: { main: "src/main.ts", prepare: "src/prepare.ts", "audit-verify": "src/audit-verify.ts", media: "src/media/child.ts" },
  outdir,
  // Names stand in logs and error reports.
  keepNames: true,
  external,
});
await cp(migrations, join(outdir, "migrations"), { recursive: true });
