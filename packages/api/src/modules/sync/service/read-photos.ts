import { createHash } from "node:crypto";
import { detectSignature, inMemory } from "@maru/platform/content-type";
import type { LdapConnection, LdapEntry } from "@maru/platform/ldap/connection";
import { LdapError } from "@maru/platform/ldap/ldap-error";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { type ChangedPhoto, differs, type StandingPhoto } from "../plan-photos";
import type { Server } from "./read-directory";

/** Photos are the one thing that is large: few stand in memory at a time. */
const PAGE_SIZE = 50;

/** By which two photos are compared; null where there is none. */
export const hashOfPhoto = (bytes: Buffer | null): string | null =>
  bytes === null || bytes.length === 0 ? null : createHash("sha256").update(bytes).digest("hex");

type StandingRow = StandingPhoto & { readonly externalId: string };

const readStanding = async ({ sql }: Ctx, sourceId: string, externalIds: readonly string[]): Promise<Map<string, StandingRow>> => {
  const { rows } = await raw<StandingRow>`
    SELECT l.external_id AS "externalId", l.person_id AS "personId", p.name, p.photo_file_id IS NOT NULL AS "hasPhoto",
      p.photo_file_id IS NOT NULL AND p.photo_source_id IS DISTINCT FROM l.source_id AS "isOwn",
      CASE WHEN p.photo_source_id = l.source_id THEN l.photo_hash END AS hash
    FROM unnest(${externalIds}::text[]) AS named(external_id)
      JOIN sync_link l ON l.source_id = ${sourceId}::uuid AND l.target = 'PERSON' AND l.external_id = named.external_id
      JOIN person p ON p.id = l.person_id`.execute(sql);
  return new Map(rows.map((row) => [row.externalId, row]));
};

/** To how many people this source has given a photo. */
export const countGivenPhotos = ({ db }: Ctx, sourceId: string): Promise<number> =>
  db.syncLink.count({ where: { sourceId, target: "PERSON", photoHash: { not: null } } });

const changedOf = (entry: LdapEntry, attribute: string, standing: ReadonlyMap<string, StandingRow>): ChangedPhoto[] => {
  if (entry.guid === null) return [];
  const known = standing.get(entry.guid);
  const after = hashOfPhoto(entry.bytes(attribute));
  if (!differs(after, known)) return [];
  const person = known ? { id: known.personId, name: known.name } : null;
  return [{ externalId: entry.guid, dn: entry.dn, person, before: known?.hasPhoto ? known.hash : null, after }];
};

type Asked = { readonly sourceId: string; readonly filter: string };

/**
 * The photos that are others in the directory than in Maru, in a reading of their own: only their hashes outlive the page that they came with.
 * Nothing where photos are not mapped.
 */
export const readPhotos = async (
  ctx: Ctx,
  connection: LdapConnection,
  { baseDn, mapping }: Pick<Server, "baseDn" | "mapping">,
  { sourceId, filter }: Asked,
): Promise<ChangedPhoto[]> => {
  const attribute = mapping.attributes.photo;
  if (attribute === null) return [];
  const changed: ChangedPhoto[] = [];
  for await (const page of connection.pages({ base: baseDn, filter, attributes: [attribute], pageSize: PAGE_SIZE })) {
    const ids = page.flatMap(({ guid }) => guid ?? []);
    const standing = await readStanding(ctx, sourceId, ids);
    changed.push(...page.flatMap((entry) => changedOf(entry, attribute, standing)));
  }
  return changed;
};

/** The photo of one entry as it is now; null where it, or the entry, is not there any more. */
export const readPhoto = async (
  connection: LdapConnection,
  attribute: string,
  { dn, externalId }: { readonly dn: string; readonly externalId: string },
): Promise<Buffer | null> => {
  try {
    for await (const page of connection.pages({ base: dn, scope: "base", filter: "(objectClass=*)", attributes: [attribute] }))
      for (const entry of page) if (entry.guid === externalId) return entry.bytes(attribute);
    return null;
  } catch (error) {
    if (error instanceof LdapError && error.code === "baseUnknown") return null;
    throw error;
  }
};

/** What the photo of an entry is, in words: `image/jpeg, 12 KB`. The picture itself is shown to nobody before it was made anew. */
export const describePhoto = async (entry: LdapEntry, attribute: string): Promise<string | null> => {
  const bytes = entry.bytes(attribute);
  if (bytes === null || bytes.length === 0) return null;
  const kind = (await detectSignature(inMemory(bytes))) ?? "?";
  return `${kind}, ${Math.ceil(bytes.length / 1024)} KB`;
};
