import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseDn, ldifOfChanges, ldifOfMore, ldifOfOrganisation } from "./directory-organisation.mjs";
import { findFreeAddress, makeCertificates, startDirectoryProcess } from "./directory-place.mjs";
import { runDirectoryProgram } from "./directory-programs.mjs";
import { inRepository } from "./repository.mjs";
import { createTestFolder, removeTestFolder } from "./test-folder.mjs";

/** LDAP, LDAPS and the two of the global catalogue: Samba knows no others. */
const ports = [389, 636, 3268, 3269];
const password = "Maru-domain-2026!";
const cacheFolder = inRepository("node_modules", ".cache");
const preparedPrefix = "maru-domain-";

/**
 * A domain controller of Active Directory (Samba) with the small organisation, on a loopback address of its own.
 *
 * @param {{ more?: number, isEncryptionNeeded?: boolean }} [options] more: people besides the small organisation; isEncryptionNeeded: whether it
 *   refuses passwords on lines that are not encrypted, as domain controllers do
 * @returns {Promise<import("./directory.mjs").TestDirectory>}
 */
export async function startSamba({ more = 0, isEncryptionNeeded = true } = {}) {
  const prepared = await prepareDomain();
  const folder = createTestFolder("domain");
  try {
    const domain = join(folder, "domain");
    cpSync(prepared, domain, { recursive: true });
    const configuration = join(domain, "etc", "smb.conf");
    writeFileSync(configuration, readFileSync(configuration, "utf8").replaceAll(prepared, domain));
    if (more > 0) await addTo(domain, ldifOfMore("ad", more));
    const address = await findFreeAddress(ports);
    const certificates = await makeCertificates(folder, { address, names: ["dc1.corp.test"] });
    const args = sambaArguments(domain, folder, { address, certificates, isEncryptionNeeded });
    const start = () => startDirectoryProcess({ name: "samba", command: "/usr/sbin/samba", args, folder, address, port: 636 });
    let server = await start();
    return {
      kind: "ad",
      settings: {
        ...{ url: `ldaps://${address}`, startTls: false, ca: certificates.ca, timeoutMs: 10_000 },
        ...{ bindDn: `CN=Administrator,CN=Users,${baseDn}`, password },
      },
      plainUrl: `ldap://${address}`,
      address,
      folder,
      change: (ldif) => runDirectoryProgram("/usr/bin/ldbmodify", databaseArguments(domain), { input: ldif }).then(() => undefined),
      halt: () => server.stop(),
      resume: async () => {
        server = await start();
      },
      stop: async () => {
        await server.stop();
        removeTestFolder(folder);
      },
    };
  } catch (error) {
    removeTestFolder(folder);
    throw error;
  }
}

/**
 * @param {string} domain
 * @param {string} folder
 * @param {{ address: string, certificates: import("./directory-place.mjs").Certificates, isEncryptionNeeded: boolean }} options
 */
function sambaArguments(domain, folder, { address, certificates, isEncryptionNeeded }) {
  const settings = {
    "server services": "ldap",
    interfaces: `${address}/8`,
    "bind interfaces only": "yes",
    "pid directory": join(folder, "run"),
    "lock directory": join(folder, "run"),
    "ncalrpc dir": join(folder, "run", "ncalrpc"),
    "winbindd socket directory": join(folder, "run", "winbindd"),
    "ldap server require strong auth": isEncryptionNeeded ? "yes" : "no",
    "tls certfile": certificates.certFile,
    "tls keyfile": certificates.keyFile,
    "tls cafile": certificates.caFile,
  };
  const options = Object.entries(settings).map(([name, value]) => `--option=${name}=${value}`);
  // One process and no group of its own: so that ending it ends it all.
  return ["-F", "--no-process-group", "-M", "single", "-s", join(domain, "etc", "smb.conf"), "-d1", "--debug-stdout", ...options];
}

/** @param {string} domain */
function databaseArguments(domain) {
  return ["-H", join(domain, "private", "sam.ldb"), `--configfile=${join(domain, "etc", "smb.conf")}`];
}

/**
 * @param {string} domain
 * @param {string} ldif
 */
async function addTo(domain, ldif) {
  const file = join(domain, "more.ldif");
  writeFileSync(file, ldif);
  await runDirectoryProgram("/usr/bin/ldbadd", ["-o", "batch_mode:1", ...databaseArguments(domain), file]);
  rmSync(file);
}

/**
 * The domain with the small organisation, as files: made once, because making it takes seconds and copying it none.
 *
 * @returns {Promise<string>} its folder, which is only read
 */
async function prepareDomain() {
  const version = await runDirectoryProgram("/usr/sbin/samba", ["--version"]);
  const contents = [version, password, ldifOfOrganisation("ad"), ldifOfChanges("ad"), readFileSync(new URL(import.meta.url), "utf8")];
  const hash = createHash("sha256").update(contents.join("\n")).digest("hex").slice(0, 16);
  const name = `${preparedPrefix}${hash}`;
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(`${folder}.`);
  try {
    await provision(work);
    // Its configuration names its own folder.
    const configuration = join(work, "etc", "smb.conf");
    writeFileSync(configuration, readFileSync(configuration, "utf8").replaceAll(work, folder));
    renameSync(work, folder);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    // Another test file may have made it in the same moment.
    if (!existsSync(folder)) throw error;
  }
  const outdated = readdirSync(cacheFolder).filter((other) => other.startsWith(preparedPrefix) && other !== name);
  for (const other of outdated) rmSync(join(cacheFolder, other), { recursive: true, force: true });
  return folder;
}

/** @param {string} folder */
async function provision(folder) {
  mkdirSync(folder, { recursive: true });
  const options = [
    "interfaces=127.0.0.1/8",
    "bind interfaces only=yes",
    "vfs objects=dfs_samba4 acl_xattr xattr_tdb",
    "acl_xattr:ignore system acls=yes",
  ];
  await runDirectoryProgram("/usr/bin/samba-tool", [
    ...["domain", "provision", "--realm=CORP.TEST", "--domain=CORP", "--server-role=dc", "--dns-backend=NONE", "--backend-store=mdb"],
    ...[`--adminpass=${password}`, "--host-name=dc1", "--host-ip=127.0.0.1", `--targetdir=${folder}`],
    ...options.map((option) => `--option=${option}`),
  ]);
  await addTo(folder, ldifOfOrganisation("ad"));
  await runDirectoryProgram("/usr/bin/ldbmodify", databaseArguments(folder), { input: ldifOfChanges("ad") });
}
