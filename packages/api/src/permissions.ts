import { auditPermissions } from "./modules/audit/contract";
import { boardPermissions } from "./modules/board/contract";
import { directoryPermissions } from "./modules/directory/contract";
import { factorPermissions } from "./modules/factor/contract";
import { federationPermissions } from "./modules/federation/contract";
import { filesPermissions } from "./modules/files/contract";
import { identityPermissions } from "./modules/identity/contract";
import { mailPermissions } from "./modules/mail/contract";
import { notificationPermissions } from "./modules/notification/contract";
import { privacyPermissions } from "./modules/privacy/contract";
import { searchPermissions } from "./modules/search/contract";
import { syncPermissions } from "./modules/sync/contract";

/** Every permission key there is; a key that stands in no module does not compile. */
export const PERMISSIONS = [
  ...auditPermissions,
  ...boardPermissions,
  ...directoryPermissions,
  ...factorPermissions,
  ...federationPermissions,
  ...filesPermissions,
  ...identityPermissions,
  ...mailPermissions,
  ...notificationPermissions,
  ...privacyPermissions,
  ...syncPermissions,
  ...searchPermissions,
] as const;
export type Permission = (typeof PERMISSIONS)[number];
