import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseDn, ldifEntry, ldifOfChanges, ldifOfMore, ldifOfOrganisation } from "./directory-organisation.mjs";
import { findFreeAddress, makeCertificates, startDirectoryProcess } from "./directory-place.mjs";
import { runDirectoryProgram } from "./directory-programs.mjs";
import { createTestFolder, removeTestFolder } from "./test-folder.mjs";

const [plainPort, tlsPort] = [1389, 1636];
const password = "Maru-domain-2026!";
const administratorDn = `cn=admin,${baseDn}`;
const syncDn = `cn=sync,${baseDn}`;
/** Somebody whom the server gives at most a thousand entries a search, as many do. */
export const limitedDn = `cn=limited,${baseDn}`;

/**
 * An OpenLDAP server with the small organisation, on a loopback address of its own.
 *
 * @param {{ more?: number }} [options] more: people besides the small organisation
 * @returns {Promise<import("./directory.mjs").TestDirectory>}
 */
export async function startSlapd({ more = 0 } = {}) {
  const folder = createTestFolder("slapd");
  try {
    const address = await findFreeAddress([plainPort, tlsPort]);
    const certificates = await makeCertificates(folder, { address });
    const configuration = join(folder, "slapd.conf");
    writeFileSync(configuration, configurationText(folder, certificates), { mode: 0o600 });
    mkdirSync(join(folder, "db"));
    writeFileSync(
      join(folder, "data.ldif"),
      [ldifOfRoot(), ldifOfOrganisation("openldap"), more > 0 ? ldifOfMore("openldap", more) : ""].join(""),
    );
    await runDirectoryProgram("/usr/sbin/slapadd", ["-q", "-f", configuration, "-l", join(folder, "data.ldif")]);
    const plainUrl = `ldap://${address}:${plainPort}`;
    const args = ["-f", configuration, "-h", `${plainUrl} ldaps://${address}:${tlsPort}`, "-d", "0"];
    const start = () => startDirectoryProcess({ name: "slapd", command: "/usr/sbin/slapd", args, folder, address, port: tlsPort });
    let server = await start();
    const change = async (/** @type {string} */ ldif) => {
      const as = ["-x", "-H", plainUrl, "-D", administratorDn, "-w", password];
      await runDirectoryProgram("/usr/bin/ldapmodify", as, { input: ldif });
    };
    await change(ldifOfChanges("openldap"));
    return {
      kind: "openldap",
      settings: { url: `ldaps://${address}:${tlsPort}`, startTls: false, ca: certificates.ca, bindDn: syncDn, password, timeoutMs: 10_000 },
      plainUrl,
      address,
      folder,
      change,
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

function ldifOfRoot() {
  const account = (/** @type {string} */ cn) =>
    ldifEntry(`cn=${cn},${baseDn}`, { objectClass: ["organizationalRole", "simpleSecurityObject"], cn, userPassword: password });
  return [ldifEntry(baseDn, { objectClass: "domain", dc: "corp" }), account("sync"), account("limited")].join("");
}

/**
 * @param {string} folder
 * @param {import("./directory-place.mjs").Certificates} certificates
 */
function configurationText(folder, { certFile, keyFile }) {
  const schemas = ["core", "cosine", "inetorgperson"].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return `${[
    ...schemas,
    `pidfile ${join(folder, "run", "slapd.pid")}`,
    "modulepath /usr/lib/ldap",
    ...["back_mdb", "memberof", "refint"].map((name) => `moduleload ${name}`),
    `TLSCertificateFile ${certFile}`,
    `TLSCertificateKeyFile ${keyFile}`,
    "sizelimit size.soft=500 size.hard=1000 size.pr=1000 size.prtotal=unlimited",
    "database mdb",
    `suffix ${baseDn}`,
    `rootdn ${administratorDn}`,
    `rootpw ${password}`,
    `directory ${join(folder, "db")}`,
    `maxsize ${4 * 1024 ** 3}`,
    // What a test stores is worth nothing after it.
    "dbnosync",
    "index objectClass,entryUUID,entryCSN,modifyTimestamp eq",
    "index uid,mail,cn,member,memberOf eq",
    `limits dn.exact="${syncDn}" size.soft=unlimited size.hard=unlimited size.pr=unlimited time=unlimited`,
    `limits dn.exact="${limitedDn}" size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=1000`,
    "access to attrs=userPassword by self write by anonymous auth by * none",
    "access to * by users read by * none",
    "overlay memberof",
    "overlay refint",
  ].join("\n")}\n`;
}
