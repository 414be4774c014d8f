import type { Departure } from "./departures";
import { jobs as auditJobs } from "./modules/audit/jobs";
import { personalData as auditData } from "./modules/audit/personal-data";
import { subjects as boardSubjects } from "./modules/board/access";
import { departure as boardDeparture } from "./modules/board/departure";
import { jobs as boardJobs } from "./modules/board/jobs";
import { personalData as boardData } from "./modules/board/personal-data";
import { subjects as directorySubjects } from "./modules/directory/access";
import { departure as directoryDeparture } from "./modules/directory/departure";
import { jobs as directoryJobs } from "./modules/directory/jobs";
import { personalData as directoryData } from "./modules/directory/personal-data";
import { subjects as factorSubjects } from "./modules/factor/access";
import { personalData as factorData } from "./modules/factor/personal-data";
import { subjects as federationSubjects } from "./modules/federation/access";
import { personalData as federationData } from "./modules/federation/personal-data";
import { subjects as filesSubjects } from "./modules/files/access";
import { jobs as filesJobs } from "./modules/files/jobs";
import { personalData as filesData } from "./modules/files/personal-data";
import { subjects as identitySubjects } from "./modules/identity/access";
import { departure as identityDeparture } from "./modules/identity/departure";
import { jobs as identityJobs } from "./modules/identity/jobs";
import { personalData as identityData } from "./modules/identity/personal-data";
import { jobs as mailJobs } from "./modules/mail/jobs";
import { personalData as mailData } from "./modules/mail/personal-data";
import { jobs as notificationJobs } from "./modules/notification/jobs";
import { personalData as notificationData } from "./modules/notification/personal-data";
import { subjects as privacySubjects } from "./modules/privacy/access";
import { jobs as privacyJobs } from "./modules/privacy/jobs";
import { personalData as privacyData } from "./modules/privacy/personal-data";
import { subjects as syncSubjects } from "./modules/sync/access";
import { jobs as syncJobs } from "./modules/sync/jobs";
import { personalData as syncData } from "./modules/sync/personal-data";
import type { PersonalData } from "./personal-data";
import type { Subjects } from "./subjects";

/** The jobs that can be asked for, a line per module. */
export const jobs = {
  ...auditJobs,
  ...boardJobs,
  ...directoryJobs,
  ...filesJobs,
  ...identityJobs,
  ...mailJobs,
  ...notificationJobs,
  ...privacyJobs,
  ...syncJobs,
};

/** Who may read what, a line per module. */
export const subjects: Subjects = {
  ...boardSubjects,
  ...directorySubjects,
  ...factorSubjects,
  ...federationSubjects,
  ...filesSubjects,
  ...identitySubjects,
  ...privacySubjects,
  ...syncSubjects,
};

/**
 * What each module knows about people, a line per module. It is also the order in which a person is forgotten: whoever must know what she is
 * called comes before those who forget it.
 */
export const personalData: readonly PersonalData[] = [
  notificationData,
  mailData,
  privacyData,
  syncData,
  boardData,
  filesData,
  auditData,
  factorData,
  federationData,
  identityData,
  directoryData,
];

/** What each module says before somebody leaves or departments close, a line per module, in the order in which it is read. */
export const departures: readonly Departure[] = [identityDeparture, directoryDeparture, boardDeparture];
