import { auditRouter } from "../modules/audit/router";
import { boardRouter } from "../modules/board/router";
import { directoryRouter } from "../modules/directory/router";
import { factorRouter } from "../modules/factor/router";
import { federationRouter } from "../modules/federation/router";
import { filesRouter } from "../modules/files/router";
import { identityRouter } from "../modules/identity/router";
import { mailRouter } from "../modules/mail/router";
import { notificationRouter } from "../modules/notification/router";
import { privacyRouter } from "../modules/privacy/router";
import { searchRouter } from "../modules/search/router";
import { syncRouter } from "../modules/sync/router";
import { createCallerFactory, router } from "./init";

/** One line per module. */
export const appRouter = router({
  audit: auditRouter,
  board: boardRouter,
  directory: directoryRouter,
  factor: factorRouter,
  federation: federationRouter,
  files: filesRouter,
  identity: identityRouter,
  mail: mailRouter,
  notification: notificationRouter,
  privacy: privacyRouter,
  sync: syncRouter,
  search: searchRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
