import { existsSync, rmSync, writeFileSync } from "node:fs";
import { ClearError } from "./clear-error.mjs";
import { runCommand, tailOf } from "./run-command.mjs";

/** What each kind of directory server needs on Debian, and the programs that show that it is there. */
const needs = {
  ad: {
    // Those that this Debian has: from 13 on the domain controller is a package of its own, and others have become part of samba.
    packages: [
      ...["samba", "samba-ad-dc", "samba-ad-provision", "samba-dsdb-modules", "samba-vfs-modules"],
      ...["winbind", "ldb-tools", "python3-samba"],
    ],
    programs: ["/usr/sbin/samba", "/usr/bin/samba-tool", "/usr/bin/ldbadd", "/usr/bin/ldbmodify"],
    needsRoot: true,
  },
  openldap: {
    packages: ["slapd", "ldap-utils"],
    programs: ["/usr/sbin/slapd", "/usr/sbin/slapadd", "/usr/bin/ldapmodify"],
    needsRoot: false,
  },
};

/** @typedef {keyof typeof needs} DirectoryKind */

const policyFile = "/usr/sbin/policy-rc.d";

/**
 * Makes sure that the programs of a directory server are there: as root on Debian they are installed.
 *
 * @param {DirectoryKind} kind
 * @returns {Promise<string | null>} why it can't be had here; null when it can
 */
export async function ensureDirectoryPrograms(kind) {
  const { packages, needsRoot } = needs[kind];
  const isRoot = process.getuid?.() === 0;
  if (process.platform !== "linux") return "a directory server for tests needs Linux: addresses below 127 and Debian's packages";
  // Its ports are fixed and below 1024, and it owns its files in the name of others.
  if (needsRoot && !isRoot) return "a domain controller of Active Directory can only be started by root";
  if (hasAll(kind)) return null;
  const advice = `install ${packages.join(" ")}`;
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return advice;
  const output = await install(packages);
  return hasAll(kind) ? null : `${advice}: ${tailOf(output, 3)}`;
}

/** @param {DirectoryKind} kind */
function hasAll(kind) {
  return needs[kind].programs.every((program) => existsSync(program));
}

/**
 * Installs packages without letting them start services of their own.
 *
 * @param {string[]} packages
 */
async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update", "-q"], { env });
  const known = [];
  for (const name of packages) {
    if ((await runCommand("apt-cache", ["show", name])).code === 0) known.push(name);
  }
  // Two test files may want the same packages at the same time.
  const args = ["-o", "DPkg::Lock::Timeout=120", "install", "-y", "-q", "--no-install-recommends", ...known];
  const isOurs = !existsSync(policyFile);
  if (isOurs) writeFileSync(policyFile, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return (await runCommand("apt-get", args, { env })).output;
  } finally {
    if (isOurs) rmSync(policyFile, { force: true });
  }
}

/**
 * Runs a program of a directory server to its end; a failure is a sentence with what it wrote.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, input?: string }} [options]
 */
export async function runDirectoryProgram(program, args, options) {
  const { code, output } = await runCommand(program, args, options);
  if (code !== 0) throw new ClearError(`${program} failed.`, tailOf(output, 15));
  return output;
}
