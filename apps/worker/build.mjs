import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = join(here, "dist");
const migrations = fileURLToPath(new URL("../../packages/db/prisma/migrations", import.meta.url));

// Native modules find their binaries beside themselves, so they stay where they are installed; they stand in this package's dependencies.
const external = ["sharp", "@node-rs/argon2", "pg-native"];

// What was written for CommonJS asks for these; each bundle is a module and brings them itself.
const banner = [
  `import { createRequire as __createRequire } from "node:module";`,
  `import { dirname as __dirnameOf } from "node:path";`,
  `import { fileURLToPath as __pathOf } from "node:url";`,
  `const require = __createRequire(import.meta.url), __filename = __pathOf(import.meta.url), __dirname = __dirnameOf(__filename);`,
].join("\n");

await rm(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: { main: "src/main.ts", prepare: "src/prepare.ts", "audit-verify": "src/audit-verify.ts", media: "src/media/child.ts" },
  outdir,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  // Names stand in logs and error reports.
  keepNames: true,
  banner: { js: banner },
  external,
  logLevel: "warning",
});
await cp(migrations, join(outdir, "migrations"), { recursive: true });
