import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { showError } from "../stack/clear-error.mjs";
import { ensureBuild, ensureDependencies, toolEnvironment } from "../stack/packages.mjs";
import { inRepository } from "../stack/repository.mjs";
import { step } from "../stack/steps.mjs";
import { startTestStack } from "../stack/test-stack.mjs";
import { runInForeground } from "./prove.mjs";

/** Packages with native parts or files of their own, which cannot be put into a bundle. */
const nativePackages = /^(sharp|@node-rs\/argon2|msgpackr-extract|pg-native|@playwright\/test)$/;

/**
 * `npm run bench`: measures on a stack of its own that writes to the disk as in real use. Arguments go to the bench.
 *
 * @param {string[]} args
 */
export async function bench(args) {
  try {
    await step("dependencies", async (note) => (await ensureDependencies()) || note("unchanged"));
    await step("build", async (note) => (await ensureBuild()) || note("unchanged"));
    const program = await step("bench build", bundle);
    const stack = await step("bench stack", () => startTestStack({ durable: true }));
    const env = {
      ...toolEnvironment,
      NODE_ENV: "production",
      MARU_TEST_DATABASE_URL: stack.databaseUrl,
      MARU_TEST_REDIS_URL: stack.redisUrl,
    };
    const code = await runInForeground(process.execPath, ["--enable-source-maps", program, ...args], env);
    await stack.stop();
    process.exit(code);
  } catch (error) {
    showError(error);
    process.exit(1);
  }
}

/** Bundles bench/main.ts: Node 20 runs no TypeScript. */
async function bundle() {
  const require = createRequire(inRepository("package.json"));
  /** @type {typeof import("esbuild")} */
  const esbuild = require("esbuild");
  const outfile = inRepository("node_modules", ".maru", "bench", "main.mjs");
  await esbuild.build({
    entryPoints: [inRepository("bench/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "error",
    // CommonJS inside the bundle still asks for these.
    banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
    plugins: [{ name: "native packages", setup: keepNativeOutside }],
  });
  await esbuild.stop();
  return outfile;
}

/**
 * Names native packages by their full path: seen from the bundle's folder they may not exist.
 *
 * @param {import("esbuild").PluginBuild} build
 */
function keepNativeOutside(build) {
  build.onResolve({ filter: nativePackages }, ({ path, resolveDir }) => {
    try {
      const file = createRequire(`${resolveDir}/`).resolve(path);
      // Where a package has both, the ES module: it has names to import.
      const asModule = file.replace(/\.js$/, ".mjs");
      return { path: pathToFileURL(existsSync(asModule) ? asModule : file).href, external: true };
    } catch {
      return { path, external: true };
    }
  });
}
