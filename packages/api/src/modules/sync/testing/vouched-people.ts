import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { writerOf } from "../../../testing/roster";
import type { TestMaru } from "../../../testing/testing";
import { saveDirectoryAccounts } from "../../identity/service";
import { sourceMapping } from "../contract";
import { secretPlace } from "../service/read-directory";

/** A source that is a server, as it stands once somebody has saved it. */
export const createServerSource = async (
  { db, actors, maru }: TestMaru,
  { url, kind = "OPENLDAP" }: { url: string; kind?: "AD" | "OPENLDAP" },
): Promise<string> => {
  const id = newId();
  const now = new Date();
  const secret = maru.tools.keyring.seal("the password of the source", secretPlace(id));
  const server = { url, startTls: false, ca: null, bindDn: "cn=sync", secret, baseDn: "dc=corp", filter: "(objectClass=person)" };
  const mapping = sourceMapping.parse({ attributes: { username: "uid" } });
  const row = { id, kind, name: `디렉터리 ${id}`, ...server, mapping, createdAt: now, updatedAt: now, updatedById: actors.admin.id };
  await db.syncSource.create({ data: row });
  return id;
};

/** Somebody whom a source has brought: a person, her account, and the link with her entry. */
export const createVouched = async (test: TestMaru, sourceId: string, username: string) => {
  const { id: personId, email } = await createPerson(test.db, { email: `${username}@maru.example` });
  await writerOf(test)((tx) => saveDirectoryAccounts(tx, sourceId, [{ personId, username }]));
  const externalId = crypto.randomUUID();
  await test.db.syncLink.create({ data: { sourceId, target: "PERSON", externalId, personId, hash: "", dn: `cn=${username}` } });
  const { id: accountId } = await test.db.account.findUniqueOrThrow({ where: { personId } });
  return { personId, accountId, username, email: email ?? "", externalId };
};
