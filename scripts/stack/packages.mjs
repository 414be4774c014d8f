import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { inRepository, repositoryRoot } from "./repository.mjs";
import { runCommand, tailOf } from "./run-command.mjs";

const packageManager = "pnpm@12.21.0";
const stampFolder = inRepository("node_modules", ".maru");
const workspaceFolders = ["apps", "packages"];
const buildOutputs = [
  "apps/web/dist/server.js",
  "apps/web/.next/BUILD_ID",
  "apps/worker/dist/main.js",
  "apps/worker/dist/prepare.js",
  "apps/worker/dist/audit-verify.js",
];
/** Folders that tools write into, which say nothing about the sources. */
const generatedFolders = new Set(["node_modules", "dist", ".next", ".turbo", "generated", "coverage"]);

/** What the tools of the build get to see. */
export const toolEnvironment = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/**
 * Installs the dependencies, unless they are the ones that the manifests and the lockfile ask for.
 *
 * @returns {Promise<boolean>} whether anything had to be done
 */
export async function ensureDependencies() {
  const wanted = hashOf([...manifests(), process.platform, process.arch, process.versions.modules]);
  if (readStamp("install") === wanted) return false;
  const env = await environmentWithPnpm();
  const result = await runCommand("pnpm", ["install", "--config.confirmModulesPurge=false"], { cwd: repositoryRoot, env });
  if (result.code !== 0) throw failure("The dependencies could not be installed.", result.output);
  // The install may have completed the lockfile.
  writeStamp("install", hashOf([...manifests(), process.platform, process.arch, process.versions.modules]));
  return true;
}

/**
 * Builds the product through turbo, unless nothing changed since the last build. Skipping turbo wholly keeps it from
 * rewriting files below a Maru that runs from this checkout.
 *
 * @returns {Promise<boolean>} whether anything had to be done
 */
export async function ensureBuild() {
  if (readStamp("build") === buildState()) return false;
  const result = await runTurbo(["build"]);
  if (result.code !== 0) throw failure("The product could not be built.", result.output);
  writeStamp("build", buildState());
  return true;
}

/**
 * @param {string[]} tasks
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runTurbo(tasks) {
  const args = ["run", ...tasks, "--output-logs=errors-only", "--ui=stream"];
  return runCommand(installedProgram("turbo"), args, { cwd: repositoryRoot, env: await environmentWithPnpm() });
}

/**
 * @param {string} name
 */
export function installedProgram(name) {
  return inRepository("node_modules", ".bin", name);
}

/** @type {Promise<Record<string, string | undefined>> | null} */
let environment = null;

/** An environment in which our version of pnpm comes first on PATH: turbo calls it by its name. */
function environmentWithPnpm() {
  environment ??= (async () => {
    const result = await runCommand("npx", ["-y", "-p", packageManager, "-c", "command -v pnpm"], {
      cwd: repositoryRoot,
      env: toolEnvironment,
    });
    const program = result.output.split("\n").find((line) => line.startsWith("/") && line.endsWith("pnpm"));
    if (result.code !== 0 || program === undefined)
      throw failure("The package manager pnpm could not be fetched from the npm registry.", result.output);
    return { ...toolEnvironment, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ""}` };
  })();
  return environment;
}

/**
 * @param {string} sentence
 * @param {string} output
 */
function failure(sentence, output) {
  const isFull = /ENOSPC|No space left on device/.test(output);
  return new ClearError(
    isFull ? `The disk that holds ${repositoryRoot} is full: free some space and start again.` : sentence,
    tailOf(output),
  );
}

/** The contents of everything that decides what is installed. */
function manifests() {
  const files = [inRepository("package.json"), inRepository("pnpm-lock.yaml"), inRepository("pnpm-workspace.yaml")];
  for (const folder of workspaceFolders) {
    for (const name of readdirSync(inRepository(folder)).sort()) files.push(inRepository(folder, name, "package.json"));
  }
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
}

/** A hash over names, sizes and times of the sources and of what was built from them. */
function buildState() {
  const roots = ["package.json", "pnpm-lock.yaml", "turbo.json", "tsconfig.base.json", ...workspaceFolders];
  const facts = [...roots.map((root) => inRepository(root)).flatMap(listSources), ...buildOutputs.map((file) => inRepository(file))].map(
    factOf,
  );
  return hashOf([...facts, process.version]);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function listSources(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !generatedFolders.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? listSources(join(path, entry.name)) : [join(path, entry.name)]))
    .filter((file) => !/\.(test|prove|spec)\.tsx?$|\.md$/.test(file))
    .sort();
}

/** @param {string} file */
function factOf(file) {
  if (!existsSync(file)) return `${file} missing`;
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}

/** @param {string[]} parts */
function hashOf(parts) {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

/** @param {string} name */
function readStamp(name) {
  const file = join(stampFolder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/**
 * @param {string} name
 * @param {string} value
 */
function writeStamp(name, value) {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(join(stampFolder, name), value);
}
