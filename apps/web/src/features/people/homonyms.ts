/** The names in a list that more than one person has: these people are told apart by their employee number. */
export const homonymsIn = (people: readonly { readonly id: string; readonly name: string }[]): ReadonlySet<string> => {
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, name } of people) {
    if ((ids.get(name) ?? id) !== id) shared.add(name);
    ids.set(name, id);
  }
  return shared;
};
