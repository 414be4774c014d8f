import type { EventDef } from "@maru/platform/events";
import type { HandlersFor, Subscription } from "./handling";
import type { jobs } from "./modules";
import { handlers as auditHandlers } from "./modules/audit/handlers";
import * as boardEvents from "./modules/board/events";
import { handlers as boardHandlers } from "./modules/board/handlers";
import * as filesEvents from "./modules/files/events";
import { handlers as filesHandlers } from "./modules/files/handlers";
import * as identityEvents from "./modules/identity/events";
import { handlers as identityHandlers } from "./modules/identity/handlers";
import { handlers as notificationHandlers } from "./modules/notification/handlers";
import { subscriptions as notificationSubscriptions } from "./modules/notification/subscriptions";

/** How every job is done, a line per module; a job without a handler does not compile. */
export const handlers = {
  ...auditHandlers,
  ...boardHandlers,
  ...filesHandlers,
  ...identityHandlers,
  ...notificationHandlers,
} satisfies HandlersFor<typeof jobs>;

/** Every event there is, a line per module: one that nobody listens to is known all the same. */
export const events: readonly EventDef[] = [...Object.values(boardEvents), ...Object.values(filesEvents), ...Object.values(identityEvents)];

/** Who reacts to what, a line per module. */
export const subscriptions: readonly Subscription[] = [...notificationSubscriptions];

export { type AnyHandler, type HandlersFor, handle, type Occurrence, type Subscription, subscribe } from "./handling";
