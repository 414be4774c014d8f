import type { HOLD_REASONS } from "./contract";
import type { Item } from "./desired";

/** Why a run waits: `count` of `of`, above what may happen without anybody looking. */
export type Hold = { readonly reason: HoldReason; readonly count: number; readonly of: number };
export type HoldReason = (typeof HOLD_REASONS)[number];

export type Totals = {
  /** Linked people who work here. */
  readonly activePeople: number;
  /** Roles that this source has given. */
  readonly sourcedRoles: number;
  /** People to whom this source has given a photo. */
  readonly givenPhotos: number;
  /** What the directory has shown. */
  readonly entries: number;
  /** Whether all of it was read. */
  readonly isComplete: boolean;
  /** Somebody has looked at what these settings do. */
  readonly isScopeSeen: boolean;
};

const MANY = 0.05;
const TOO_MANY = 0.1;
const AT_LEAST = 3;
const ROLES = 0.1;
const RENAMES = 0.2;
const PHOTOS = 0.2;

const isDeactivation = ({ target, action }: Item): boolean => target === "PERSON" && (action === "DEACTIVATE" || action === "MARK_MISSING");
const isRoleRemoval = ({ action }: Item): boolean => action === "REVOKE";
const isRename = ({ target, action, after }: Item): boolean =>
  target === "PERSON" && action === "UPDATE" && after !== null && "name" in after;
const isPhotoRemoval = ({ target, after }: Item): boolean => target === "PHOTO" && after?.photo === null;
const isClosing = ({ target, action }: Item): boolean => target === "DEPARTMENT" && (action === "CLOSE" || action === "MARK_MISSING");

/**
 * Why what was planned shall not happen without somebody looking at it. Deactivations count when people are first missing, so that a directory
 * that answers with half of its people is noticed at once and not a day later.
 */
export const guard = (items: readonly Item[], totals: Totals): Hold[] => {
  const planned = items.filter(({ status }) => status === "PLANNED");
  const count = (matches: (item: Item) => boolean) => planned.filter(matches).length;
  const { activePeople, sourcedRoles, givenPhotos } = totals;
  const gone = count(isDeactivation);
  const revoked = count(isRoleRemoval);
  const renamed = count(isRename);
  // A reading account that may not see the attribute any more is shown nobody's photo, as if there were none.
  const bare = count(isPhotoRemoval);
  const holds: (Hold | false)[] = [
    totals.isComplete && totals.entries === 0 && { reason: "nothingRead", count: 0, of: activePeople },
    ((gone >= AT_LEAST && gone > activePeople * MANY) || gone > activePeople * TOO_MANY) && {
      reason: "deactivations",
      count: gone,
      of: activePeople,
    },
    revoked > sourcedRoles * ROLES && { reason: "roleRemovals", count: revoked, of: sourcedRoles },
    renamed > activePeople * RENAMES && { reason: "renames", count: renamed, of: activePeople },
    bare >= AT_LEAST && bare > givenPhotos * PHOTOS && { reason: "photoRemovals", count: bare, of: givenPhotos },
    items.some(({ error }) => error === LAST_ADMINISTRATOR) && { reason: "lastAdministrator", count: 1, of: 1 },
    !totals.isScopeSeen && { reason: "scopeChanged", count: planned.length, of: planned.length },
  ];
  return holds.filter((hold) => hold !== false);
};

/** The reason of an item that would leave nobody who administers. */
export const LAST_ADMINISTRATOR = "lastAdministrator";

/** Whether an item waits for approval. What adds and changes goes on, except where the whole scope is new to everybody. */
export const isHeldBack = (item: Item, holds: readonly Hold[]): boolean =>
  item.status === "PLANNED" &&
  holds.some(({ reason }) => {
    if (reason === "scopeChanged" || reason === "nothingRead") return true;
    if (reason === "roleRemovals") return isRoleRemoval(item);
    if (reason === "renames") return isRename(item);
    if (reason === "photoRemovals") return isPhotoRemoval(item);
    return reason === "deactivations" && (isDeactivation(item) || isClosing(item));
  });
