import { ensureDirectoryPrograms } from "./directory-programs.mjs";
import { startSamba } from "./directory-samba.mjs";
import { startSlapd } from "./directory-slapd.mjs";

/**
 * A real directory server for tests. What it stores is gone when it stops.
 *
 * @typedef {{
 *   kind: import("./directory-programs.mjs").DirectoryKind,
 *   settings: { url: string, startTls: boolean, ca: string, bindDn: string, password: string, timeoutMs: number },
 *   plainUrl: string,
 *   address: string,
 *   folder: string,
 *   change: (ldif: string) => Promise<void>,
 *   halt: () => Promise<void>,
 *   resume: () => Promise<void>,
 *   stop: () => Promise<void>,
 * }} TestDirectory settings: an encrypted line as somebody who may read everything; plainUrl: the same server without encryption, where StartTLS
 *   is offered; change: applies LDIF with changetype; halt and resume: the server away and back, with its data
 */

/**
 * Starts a directory server, or says in a sentence why there can be none here.
 *
 * @param {import("./directory-programs.mjs").DirectoryKind} kind
 * @param {{ more?: number, isEncryptionNeeded?: boolean }} [options] see `startSamba` and `startSlapd`
 * @returns {Promise<TestDirectory | string>}
 */
export async function startTestDirectory(kind, options) {
  const obstacle = await ensureDirectoryPrograms(kind);
  if (obstacle !== null) return obstacle;
  return kind === "ad" ? startSamba(options) : startSlapd(options);
}
