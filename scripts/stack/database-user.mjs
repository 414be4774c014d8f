import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";

/**
 * PostgreSQL refuses to run as root, so a root that starts Maru lends it the rights of a system user.
 *
 * @typedef {{ name: string, uid: number, gid: number }} SystemUser
 */

const ownUser = "maru";

/**
 * The system user that PostgreSQL runs as when we are root: `maru` (made when the system can), else `nobody`. Null when we
 * are an ordinary user, who runs PostgreSQL as himself.
 *
 * @returns {SystemUser | null}
 */
export function findDatabaseUser() {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp(ownUser);
  if (known) return known;
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    ownUser,
  ]);
  return lookUp(ownUser) ?? lookUp("nobody") ?? { name: "nobody", uid: 65_534, gid: 65_534 };
}

/**
 * @param {string} name
 * @returns {SystemUser | null}
 */
function lookUp(name) {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0 || Number(uid.stdout) === 0) return null;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Whether a user can enter an existing folder; asked of the system itself, so that access lists and mounts count too.
 *
 * @param {string} folder
 * @param {SystemUser | null} user
 */
export function canEnter(folder, user) {
  if (user === null) return true;
  const attempt = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { uid: user.uid, gid: user.gid, cwd: "/", stdio: "ignore" });
  return attempt.status === 0;
}

/**
 * Where things go that the database user must reach when the wanted folder lies below one that it cannot enter, such as a
 * checkout in root's home.
 *
 * @param {string} wantedFolder
 */
export function reachableFolderFor(wantedFolder) {
  const hash = createHash("sha256").update(resolve(wantedFolder)).digest("hex").slice(0, 12);
  return `/var/lib/maru/${hash}`;
}
