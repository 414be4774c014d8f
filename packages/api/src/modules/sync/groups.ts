/** The members of a group, as keys of DNs. */
export type Members = (groupKey: string) => Promise<readonly string[]>;

/**
 * Everybody in a group, and in the groups within it, however deep; two that contain each other are no trouble. Closed here and not by the
 * server, whose own rule for it is slow and known to one kind of server alone.
 */
export const closeGroup = async (start: string, isGroup: (key: string) => boolean, members: Members): Promise<Set<string>> => {
  const people = new Set<string>();
  const seen = new Set([start]);
  const open = [start];
  for (let group = open.pop(); group !== undefined; group = open.pop())
    for (const member of await members(group)) {
      if (!isGroup(member)) people.add(member);
      else if (!seen.has(member)) {
        seen.add(member);
        open.push(member);
      }
    }
  return people;
};
