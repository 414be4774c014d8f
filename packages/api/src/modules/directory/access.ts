import type { Subject } from "../../subjects";
import { directoryPermissions } from "./contract";

const [READ] = directoryPermissions;

/** A person's picture is seen by everybody who may read the directory. */
const person: Subject = {
  canRead: async (ctx, ids) => (ctx.actor.permissions.has(READ) ? new Set(ids) : new Set()),
};

/** Who may read what this module owns. */
export const subjects = { "directory.person": person } as const;
