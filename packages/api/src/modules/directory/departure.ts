import { consequence, type Departure } from "../../departures";
import { isPresent, PRESENT_STATES, type TransitionKind } from "./contract";

const PRESENT = { state: { in: [...PRESENT_STATES] } };

/** What is said of each turn beside what it breaks. */
const SHOWN: Readonly<Record<TransitionKind, string>> = {
  LEAVE: "directory.shownOnLeave",
  RETURN: "directory.shownAgain",
  RESIGNATION: "directory.takenFromLists",
};

/** What becomes of a person's place among the others: those who report to her, what she leads, whom she stands in for. */
export const departure: Departure = {
  module: "directory",
  consequencesFor: async ({ db, now }, personId, kind) => {
    const shown = consequence(SHOWN[kind], 1);
    if (kind === "RETURN") return shown;
    const isEnd = kind === "RESIGNATION";
    const deputyOf = { deputyId: personId, cancelledAt: null, endsAt: { gt: now() } };
    const [reports, led, standsInFor, assists] = await Promise.all([
      db.person.findMany({ where: { managerId: personId, ...PRESENT }, select: { name: true, nameEn: true }, orderBy: { name: "asc" } }),
      db.department.findMany({
        where: { closedOn: null, affiliations: { some: { personId, endsOn: null, title: { isHead: true } } } },
        select: {
          name: true,
          nameEn: true,
          affiliations: { where: { endsOn: null, title: { isHead: true } }, select: { personId: true, person: true } },
        },
      }),
      db.absence.findMany({ where: deputyOf, select: { person: { select: { name: true, nameEn: true } } }, orderBy: { startsAt: "asc" } }),
      db.person.findMany({ where: { assistantId: personId, ...PRESENT }, select: { name: true, nameEn: true }, orderBy: { name: "asc" } }),
    ]);
    const headless = led.filter(
      ({ affiliations }) => !affiliations.some((one) => one.personId !== personId && isPresent(one.person.state)),
    );
    const deputised = standsInFor.map(({ person }) => person);
    return [
      ...shown,
      ...consequence(isEnd ? "directory.reportsWithoutManager" : "directory.reportsKept", reports.length, reports),
      ...consequence(isEnd ? "directory.withoutHead" : "directory.headAway", headless.length, headless),
      ...consequence(isEnd ? "directory.deputyEnds" : "directory.deputyAway", deputised.length, deputised),
      ...(isEnd ? consequence("directory.assistanceEnds", assists.length, assists) : []),
    ];
  },
};
