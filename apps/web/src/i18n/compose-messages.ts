/** A catalogue: sentences by key, nested as the keys are. */
export type Messages = { readonly [key: string]: string | Messages };

/** Puts two catalogues together; only branches can meet, because the second never repeats a sentence of the first. */
export const mergeMessages = (first: Messages, second: Messages): Messages => {
  const merged: Record<string, string | Messages> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = merged[key];
    merged[key] = typeof before === "object" && typeof value === "object" ? mergeMessages(before, value) : value;
  }
  return merged;
};

/**
 * The frame's own catalogue and one of each feature under the feature's name. A feature may bring an "errors" and a "permissions" branch:
 * they join the namespaces in which every error code and every permission stands.
 */
export const composeMessages = (shell: Messages, ofFeatures: ReadonlyMap<string, Messages>): Messages =>
  [...ofFeatures].reduce<Messages>((all, [name, { errors = {}, permissions = {}, ...own }]) => {
    return mergeMessages(mergeMessages(all, { [name]: own }), { errors, permissions });
  }, shell);
