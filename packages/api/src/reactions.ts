import type { EventDef } from "@maru/platform/events";
import type { HandlersFor, Subscription } from "./handling";
import type { jobs } from "./modules";
import { handlers as auditHandlers } from "./modules/audit/handlers";
import * as boardEvents from "./modules/board/events";
import { handlers as boardHandlers } from "./modules/board/handlers";
import { subscriptions as boardSubscriptions } from "./modules/board/subscriptions";
import * as directoryEvents from "./modules/directory/events";
import { handlers as directoryHandlers } from "./modules/directory/handlers";
import * as factorEvents from "./modules/factor/events";
import * as federationEvents from "./modules/federation/events";
import * as filesEvents from "./modules/files/events";
import { handlers as filesHandlers } from "./modules/files/handlers";
import * as identityEvents from "./modules/identity/events";
import { handlers as identityHandlers } from "./modules/identity/handlers";
import { subscriptions as identitySubscriptions } from "./modules/identity/subscriptions";
import { handlers as mailHandlers } from "./modules/mail/handlers";
import { handlers as notificationHandlers } from "./modules/notification/handlers";
import { subscriptions as notificationSubscriptions } from "./modules/notification/subscriptions";
import * as privacyEvents from "./modules/privacy/events";
import { handlers as privacyHandlers } from "./modules/privacy/handlers";
import * as syncEvents from "./modules/sync/events";
import { handlers as syncHandlers } from "./modules/sync/handlers";

/** How every job is done, a line per module; a job without a handler does not compile. */
export const handlers = {
  ...auditHandlers,
  ...boardHandlers,
  ...directoryHandlers,
  ...filesHandlers,
  ...identityHandlers,
  ...mailHandlers,
  ...notificationHandlers,
  ...privacyHandlers,
  ...syncHandlers,
} satisfies HandlersFor<typeof jobs>;

/** Every event there is, a line per module: one that nobody listens to is known all the same. */
export const events: readonly EventDef[] = [
  ...Object.values(boardEvents),
  ...Object.values(directoryEvents),
  ...Object.values(factorEvents),
  ...Object.values(federationEvents),
  ...Object.values(filesEvents),
  ...Object.values(identityEvents),
  ...Object.values(privacyEvents),
  ...Object.values(syncEvents),
];

/** Who reacts to what, a line per module. */
export const subscriptions: readonly Subscription[] = [...boardSubscriptions, ...identitySubscriptions, ...notificationSubscriptions];

export { type AnyHandler, type HandlersFor, handle, type Occurrence, type Subscription, subscribe } from "./handling";
