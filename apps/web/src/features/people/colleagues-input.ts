const SHOWN = 8;

/** What the home page asks for to show the people of one's own department; who has none sees the first of the organisation. */
export const colleaguesInput = (departmentId: string | null) => ({ ...(departmentId ? { departmentId } : {}), limit: SHOWN });
