import { jobs as auditJobs } from "./modules/audit/jobs";
import { subjects as boardSubjects } from "./modules/board/access";
import { jobs as boardJobs } from "./modules/board/jobs";
import { subjects as directorySubjects } from "./modules/directory/access";
import { subjects as filesSubjects } from "./modules/files/access";
import { jobs as filesJobs } from "./modules/files/jobs";
import { subjects as identitySubjects } from "./modules/identity/access";
import { jobs as identityJobs } from "./modules/identity/jobs";
import { jobs as notificationJobs } from "./modules/notification/jobs";
import type { Subjects } from "./subjects";

/** The jobs that can be asked for, a line per module. */
export const jobs = { ...auditJobs, ...boardJobs, ...filesJobs, ...identityJobs, ...notificationJobs };

/** Who may read what, a line per module. */
export const subjects: Subjects = { ...boardSubjects, ...directorySubjects, ...filesSubjects, ...identitySubjects };
