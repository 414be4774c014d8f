// Bundles the composition root after `next build`.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForNode } from "../../turbo/bundle/bundle-for-node.mjs";

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

rmSync(join(here, "dist"), { recursive: true, force: true });
await bundleForNode({
  entryPoints: [join(here, "src/server/main.ts")],
  outfile: join(here, "dist/server.js"),
  // What has native code or finds its own files at run time; everything else is in the bundle.
  external: ["next", "sharp", "@node-rs/argon2", "pg-native"],
  plugins: [nativeSpread],
  define: { MARU_MIGRATION: JSON.stringify(migrations.at(-1) ?? "") },
});
