import { type Item, itemOf } from "./desired";

/** A photo that is another one in the directory than in Maru, as hashes; the bytes are read again by whoever applies it. */
export type ChangedPhoto = {
  readonly externalId: string;
  readonly dn: string;
  /** Null for somebody whom Maru does not know yet. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly before: string | null;
  readonly after: string | null;
};

/** What Maru knows of the photo of somebody who is linked. `hash` is that of what this source gave her last, if it gave anything. */
export type StandingPhoto = {
  readonly personId: string;
  readonly name: string;
  readonly hasPhoto: boolean;
  /** She shows one that this source has not given. */
  readonly isOwn: boolean;
  readonly hash: string | null;
};

/**
 * Whether a photo of the directory is one that Maru should take over. A photo of her own is never touched; and one that she has taken away comes
 * back only as another one.
 */
export const differs = (hash: string | null, standing: StandingPhoto | undefined): boolean => {
  if (!standing) return hash !== null;
  if (standing.isOwn || (hash === null && !standing.hasPhoto)) return false;
  return hash !== standing.hash;
};

/** The photos that change, of those who are here and of those who come with these items. */
export const planPhotos = (photos: readonly ChangedPhoto[], items: readonly Item[]): Item[] => {
  if (photos.length === 0) return [];
  const isComing = ({ target, action, status }: Item) => target === "PERSON" && action === "CREATE" && status === "PLANNED";
  const coming = new Map(items.filter(isComing).map(({ externalId, label }) => [externalId, label]));
  return photos.flatMap(({ externalId, dn, person, before, after }) => {
    const label = person?.name ?? coming.get(externalId);
    if (label === undefined) return [];
    const values = { before: { photo: before }, after: { photo: after } };
    return [itemOf({ target: "PHOTO", action: "UPDATE", externalId, label, personId: person?.id ?? null, dn, ...values })];
  });
};
