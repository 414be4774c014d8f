import { subjects as boardSubjects } from "./modules/board/access";
import { jobs as boardJobs } from "./modules/board/jobs";
import { subjects as directorySubjects } from "./modules/directory/access";
import { subjects as filesSubjects } from "./modules/files/access";
import { jobs as filesJobs } from "./modules/files/jobs";
import { jobs as notificationJobs } from "./modules/notification/jobs";
import type { Subjects } from "./subjects";

/** The jobs that can be asked for, a line per module. */
export const jobs = { ...boardJobs, ...filesJobs, ...notificationJobs };

/** Who may read what, a line per module. */
export const subjects: Subjects = { ...boardSubjects, ...directorySubjects, ...filesSubjects };
