// Bundles the composition root after `next build`: Node 20 strips no types, and the packages export .ts.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const migrations = readdirSync(join(here, "../../packages/db/prisma/migrations"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/**
 * tRPC is published for engines without object spread: its helper copies property descriptors one by one, some forty times a call. What it
 * copies are plain option objects, for which Object.assign does the same.
 */
const nativeSpread = {
  name: "native-spread",
  setup({ onLoad, onEnd }) {
    let found = 0;
    onLoad({ filter: /@trpc[\\/]server[\\/]dist[\\/].*\.mjs$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      const replaced = contents.replace(/function _objectSpread2\(e\) \{[\s\S]*?\n\}\n/, () => {
        found += 1;
        return "const _objectSpread2 = Object.assign;\n";
      });
      return { contents: replaced, loader: "js" };
    });
    onEnd(() => {
      if (found === 0) throw new Error("tRPC no longer brings its spread helper: this plugin can go");
    });
  },
};

await build({
  entryPoints: [join(here, "src/server/main.ts")],
  outfile: join(here, "dist/server.js"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  legalComments: "none",
  logLevel: "warning",
  // What has native code or finds its own files at run time; everything else is in the bundle.
  external: ["next", "sharp", "@node-rs/argon2", "pg-native"],
  plugins: [nativeSpread],
  define: { MARU_MIGRATION: JSON.stringify(migrations.at(-1) ?? "") },
  // CommonJS dependencies ask for `require` and for the names of their files.
  banner: {
    js: [
      'import { createRequire as __createRequire } from "node:module";',
      'import { fileURLToPath as __fileURLToPath } from "node:url";',
      "const require = __createRequire(import.meta.url);",
      "const __filename = __fileURLToPath(import.meta.url);",
      'const __dirname = __filename.slice(0, __filename.lastIndexOf("/"));',
    ].join("\n"),
  },
});
