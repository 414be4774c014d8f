import { auditRouter } from "../modules/audit/router";
import { boardRouter } from "../modules/board/router";
import { directoryRouter } from "../modules/directory/router";
import { filesRouter } from "../modules/files/router";
import { identityRouter } from "../modules/identity/router";
import { notificationRouter } from "../modules/notification/router";
import { createCallerFactory, router } from "./init";

/** One line per module. */
export const appRouter = router({
  audit: auditRouter,
  board: boardRouter,
  directory: directoryRouter,
  files: filesRouter,
  identity: identityRouter,
  notification: notificationRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
