import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { runCommand } from "./run-command.mjs";

/** @typedef {{ command: string, env: Record<string, string | undefined>, origin: string }} RedisProgram */

const oldestUsable = { major: 6, minor: 2 };
const usualFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/opt/homebrew/bin"];

/**
 * Finds a Redis (or Valkey) server, or fetches Debian's: as root it is installed, otherwise it is unpacked into a folder.
 *
 * @param {{ toolsFolder: string, env?: Record<string, string | undefined>, isRoot?: boolean, searchFolders?: string[] }} options
 * @returns {Promise<RedisProgram>}
 */
export async function findRedisProgram({
  toolsFolder,
  env = process.env,
  isRoot = process.getuid?.() === 0,
  searchFolders = [...(env.PATH ?? "").split(":"), ...usualFolders],
}) {
  const unpacked = join(toolsFolder, "redis");
  const ready = findInstalled(searchFolders) ?? findUnpacked(unpacked);
  if (ready) return ready;
  if (existsSync("/usr/bin/apt-get")) {
    const fetched = (isRoot ? await install(searchFolders) : null) ?? (await unpack(unpacked));
    if (fetched) return fetched;
  }
  throw new ClearError(
    `Maru needs a Redis ${oldestUsable.major}.${oldestUsable.minor} or newer and found none: ${installAdvice()}, or give the address of one in REDIS_URL.`,
  );
}

/**
 * @param {string[]} folders
 * @returns {RedisProgram | null}
 */
function findInstalled(folders) {
  for (const name of ["redis-server", "valkey-server"]) {
    for (const folder of new Set(folders.filter(Boolean))) {
      const command = join(folder, name);
      if (existsSync(command) && isUsable(command, {})) return { command, env: {}, origin: command };
    }
  }
  return null;
}

/**
 * @param {string} folder
 * @returns {RedisProgram | null}
 */
function findUnpacked(folder) {
  const command = join(folder, "usr", "bin", "redis-server");
  if (!existsSync(command)) return null;
  const env = { LD_LIBRARY_PATH: [join(folder, "usr", "lib"), join(folder, "lib")].flatMap(withSubfolders).join(":") };
  return isUsable(command, env) ? { command, env, origin: "Debian's, unpacked into the data folder" } : null;
}

/**
 * A folder of libraries and those inside it, such as the one named after the processor.
 *
 * @param {string} folder
 */
function withSubfolders(folder) {
  if (!existsSync(folder)) return [];
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inner.map((entry) => join(folder, entry.name))];
}

/**
 * @param {string} command
 * @param {Record<string, string | undefined>} env
 */
function isUsable(command, env) {
  const result = spawnSync(command, ["--version"], {
    encoding: "utf8",
    env: /** @type {NodeJS.ProcessEnv} */ ({ ...process.env, ...env }),
  });
  const version = /v=(\d+)\.(\d+)/.exec(result.stdout ?? "");
  if (result.status !== 0 || version === null) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return major > oldestUsable.major || (major === oldestUsable.major && minor >= oldestUsable.minor);
}

/**
 * @param {string[]} searchFolders
 * @returns {Promise<RedisProgram | null>}
 */
async function install(searchFolders) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const args = ["install", "-y", "-q", "--no-install-recommends", "redis-server"];
  const attempt = await runCommand("apt-get", args, { env });
  if (attempt.code !== 0) {
    await runCommand("apt-get", ["update", "-q"], { env });
    await runCommand("apt-get", args, { env });
  }
  const found = findInstalled(searchFolders);
  return found && { ...found, origin: "installed with apt-get" };
}

/**
 * Downloads the packages that an installation would add and unpacks them, which needs no rights at all.
 *
 * @param {string} folder
 * @returns {Promise<RedisProgram | null>}
 */
async function unpack(folder) {
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "packages"), { recursive: true });
  try {
    if (!((await download(work, [])) || (await download(work, await ownPackageLists(work))))) return null;
    const root = join(work, "root");
    for (const file of readdirSync(join(work, "packages")).filter((name) => name.endsWith(".deb"))) {
      const result = await runCommand("dpkg-deb", ["-x", join(work, "packages", file), root]);
      if (result.code !== 0) return null;
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(root, folder);
    return findUnpacked(folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} work
 * @param {string[]} aptOptions
 */
async function download(work, aptOptions) {
  const plan = await runCommand("apt-get", [...aptOptions, "install", "--simulate", "--no-install-recommends", "redis-server"]);
  const missing = [...plan.output.matchAll(/^Inst (\S+)/gm)].map((match) => String(match[1]));
  // redis-server itself is only a link to a program in redis-tools, so both are needed even where one is installed.
  const packages = [...new Set(["redis-server", "redis-tools", ...missing])];
  const result = await runCommand("apt-get", [...aptOptions, "download", ...packages], { cwd: join(work, "packages") });
  return result.code === 0;
}

/**
 * Fresh package lists in a folder of our own, for a machine whose lists are empty and not ours to fill.
 *
 * @param {string} work
 */
async function ownPackageLists(work) {
  for (const part of ["state/lists/partial", "cache/archives/partial"]) mkdirSync(join(work, part), { recursive: true });
  const options = [
    ["Dir::State", join(work, "state")],
    ["Dir::State::lists", join(work, "state", "lists")],
    ["Dir::State::status", "/var/lib/dpkg/status"],
    ["Dir::Cache", join(work, "cache")],
    ["APT::Sandbox::User", ""],
    ["Debug::NoLocking", "1"],
  ].flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  await runCommand("apt-get", [...options, "update", "-q"]);
  return options;
}

function installAdvice() {
  if (process.platform === "darwin") return "install it with `brew install redis`";
  if (existsSync("/usr/bin/apt-get")) return "install it with `sudo apt-get install redis-server`";
  if (existsSync("/usr/bin/dnf")) return "install it with `sudo dnf install redis`";
  if (existsSync("/sbin/apk")) return "install it with `apk add redis`";
  if (existsSync("/usr/bin/pacman")) return "install it with `sudo pacman -S valkey`";
  return "install Redis or Valkey with your system's package manager";
}
