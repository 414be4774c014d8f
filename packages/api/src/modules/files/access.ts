import type { Subjects } from "../../subjects";

/** Files own nothing that others attach to. Who may read a file follows from what it is attached to, which its own module answers for. */
export const subjects: Subjects = {};
