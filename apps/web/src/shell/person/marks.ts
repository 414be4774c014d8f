import type { FoundPersonView } from "@maru/api/directory/contract";

type Found = Pick<FoundPersonView, "name" | "matches" | "matchesEn"> & { readonly nameEn: string | null };

/** What of a text was asked for that begins with the name of what was found, in whichever language it is shown. */
export const marksOf = (text: string, { name, nameEn, matches, matchesEn }: Found): FoundPersonView["matches"] => {
  if (text.startsWith(name)) return matches;
  return nameEn !== null && text.startsWith(nameEn) ? matchesEn : [];
};
