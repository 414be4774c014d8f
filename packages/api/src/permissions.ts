import { auditPermissions } from "./modules/audit/contract";
import { boardPermissions } from "./modules/board/contract";
import { directoryPermissions } from "./modules/directory/contract";
import { filesPermissions } from "./modules/files/contract";
import { identityPermissions } from "./modules/identity/contract";
import { notificationPermissions } from "./modules/notification/contract";

/** Every permission key there is; a key that stands in no module does not compile. */
export const PERMISSIONS = [
  ...auditPermissions,
  ...boardPermissions,
  ...directoryPermissions,
  ...filesPermissions,
  ...identityPermissions,
  ...notificationPermissions,
] as const;
export type Permission = (typeof PERMISSIONS)[number];
