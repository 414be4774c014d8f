import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build } from "esbuild";

// What was written for CommonJS asks for these; a bundle is a module and brings them itself.
const banner = [
  'import { createRequire as __createRequire } from "node:module";',
  'import { dirname as __dirnameOf } from "node:path";',
  'import { fileURLToPath as __pathOf } from "node:url";',
  "const require = __createRequire(import.meta.url), __filename = __pathOf(import.meta.url), __dirname = __dirnameOf(__filename);",
].join("\n");

/** Prisma brings its query compiler as text of 4.6 MB, which a process would keep for ever: it stands in a file beside the program instead. */
const compilerBesideProgram = {
  name: "compiler-beside-program",
  setup({ onLoad, onResolve, onEnd }) {
    let found = 0;
    onLoad({ filter: /query_compiler_fast_bg\.postgresql\.wasm-base64\.mjs$/, namespace: "file" }, ({ path }) => {
      found += 1;
      const read = 'readFileSync(new URL(file, import.meta.url), "base64")';
      const contents = `import { readFileSync } from "node:fs"; import file from "bytes:query-compiler.wasm"; export const wasm = ${read};`;
      return { contents, loader: "js", pluginData: path };
    });
    onResolve({ filter: /^bytes:/ }, ({ path, pluginData }) => ({ path: path.slice("bytes:".length), namespace: "bytes", pluginData }));
    onLoad({ filter: /./, namespace: "bytes" }, async ({ pluginData }) => {
      const [, text] = /"([A-Za-z0-9+/=]{1000,})"/.exec(await readFile(pluginData, "utf8")) ?? [];
      if (text === undefined) throw new Error("Prisma's query compiler does not look as it did");
      return { contents: Buffer.from(text, "base64"), loader: "file" };
    });
    onEnd(() => {
      if (found === 0) throw new Error("Prisma's query compiler has another name: the process would keep its text");
    });
  },
};

// A process keeps the text of its program in memory, two bytes a character as soon as one of them is not ASCII. The bundler writes strings so and
// leaves regular expressions as they are; what is no string and no expression has gone with the comments.
const toAscii = (text) => text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * Bundles programs that Node.js runs: it strips no types, and the packages of this repository export .ts. They are written small, for the sake of
 * memory, in lines that an error report can name.
 *
 * @param {import("esbuild").BuildOptions} options
 */
export async function bundleForNode({ plugins = [], ...options }) {
  const { outputFiles } = await build({
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
    minifyWhitespace: true,
    lineLimit: 160,
    banner: { js: banner },
    plugins: [compilerBesideProgram, ...plugins],
    ...options,
    write: false,
  });
  for (const { path, contents, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, path.endsWith(".js") ? toAscii(text) : contents);
  }
}
