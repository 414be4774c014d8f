import type { BuiltPeople, Member } from "./build-people";
import { mondayOf } from "./calendar";
import { DEPARTMENTS, POSITIONS } from "./organisation";
import type { Random } from "./random";
import type { DemoRows } from "./rows";

const DAY = 24 * 60 * 60 * 1000;

type BuiltOrganisation = Pick<DemoRows, "positions" | "absences" | "favourites" | "recentPeople"> & {
  /** What stands in the row of a person beside what she is. */
  readonly standingOf: (personId: string) => {
    positionId: string | null;
    managerId: string | null;
    assistantId: string | null;
    joinedOn: Date;
  };
};

type PlannedAbsence = {
  readonly name: string;
  readonly reason: "VACATION" | "BUSINESS_TRIP" | "TRAINING";
  /** Days from the Monday of this week; the last one belongs to it. */
  readonly days: readonly [first: number, last: number];
  readonly deputy: string;
  readonly note: string;
};

const ABSENCES: readonly PlannedAbsence[] = [
  { name: "배성민", reason: "VACATION", days: [0, 6], deputy: "임하늘", note: "가족 여행" },
  { name: "한경숙", reason: "BUSINESS_TRIP", days: [0, 8], deputy: "최은정", note: "싱가포르 지사 방문" },
  { name: "김나희", reason: "BUSINESS_TRIP", days: [-2, 7], deputy: "류준호", note: "부산 고객사 지원" },
  { name: "박민수", reason: "VACATION", days: [9, 11], deputy: "홍길동", note: "연차" },
  { name: "이수진", reason: "TRAINING", days: [7, 8], deputy: "정다은", note: "보안 교육" },
];

const OWNER = "홍길동";
const FAVOURITE_PEOPLE = ["김영희", "이정훈", "박민수"];
const FAVOURITE_DEPARTMENTS = ["DSN-UX", "DEV-PF"];
const SEEN = ["최은정", "권보라", "강현주", "김나희"];
const ASSISTANTS = new Map([["정태윤", "임하늘"]]);

/** Who leads whom: the head of her department, or of the one above for who leads it herself. */
const managerOf = (members: readonly Member[]) => {
  const heads = new Map(members.flatMap((member) => (member.title ? [[member.department, member] as const] : [])));
  return (member: Member): Member | null => {
    let code: string | null = member.department;
    while (code !== null) {
      const head = heads.get(code);
      if (head && head.id !== member.id) return head;
      code = DEPARTMENTS.find((department) => department.code === code)?.parent ?? null;
    }
    return null;
  };
};

// Whoever stands higher came earlier; the roster lists them so.
const joinedOn = (index: number, at: Date): Date =>
  new Date(Date.UTC(at.getUTCFullYear() - 12 + Math.floor(index / 6), (index * 5) % 12, 2));

/** What makes an organisation of the people of the demo: positions, managers, absences of these days, and what one of them keeps at hand. */
export const buildOrganisation = (random: Random, now: Date, at: Date, { members, departmentId }: BuiltPeople): BuiltOrganisation => {
  const find = (name: string): Member => {
    const member = members.find((one) => one.name === name);
    if (!member) throw new Error(`the demo names "${name}", whom it does not define`);
    return member;
  };
  const positions = POSITIONS.map(({ name, nameEn }, sortOrder) => ({ id: random.idAt(at), name, nameEn, sortOrder }));
  const positionIds = new Map<string, string>(
    POSITIONS.flatMap(({ ranks }, index) => ranks.map((rank) => [rank, positions[index]?.id ?? ""])),
  );
  const findManager = managerOf(members);
  const standings = new Map(
    members.map((member, index) => [
      member.id,
      {
        positionId: positionIds.get(member.rank ?? "") ?? null,
        managerId: findManager(member)?.id ?? null,
        assistantId: ASSISTANTS.has(member.name) ? find(ASSISTANTS.get(member.name) ?? "").id : null,
        joinedOn: joinedOn(index, at),
      },
    ]),
  );
  const monday = mondayOf(now).getTime();
  const ownerId = find(OWNER).id;
  return {
    positions,
    standingOf: (personId) => standings.get(personId) ?? { positionId: null, managerId: null, assistantId: null, joinedOn: at },
    absences: ABSENCES.map(({ name, reason, days: [first, last], deputy, note }) => ({
      id: random.idAt(now),
      personId: find(name).id,
      startsAt: new Date(monday + first * DAY),
      endsAt: new Date(monday + (last + 1) * DAY),
      reason,
      note,
      deputyId: find(deputy).id,
      enteredById: find(name).id,
      createdAt: new Date(monday - 7 * DAY),
    })),
    favourites: [
      ...FAVOURITE_PEOPLE.map((name) => ({ id: random.idAt(now), ownerId, personId: find(name).id, createdAt: now })),
      ...FAVOURITE_DEPARTMENTS.map((code) => ({ id: random.idAt(now), ownerId, departmentId: departmentId(code), createdAt: now })),
    ],
    recentPeople: SEEN.map((name, index) => ({
      ownerId,
      personId: find(name).id,
      seenAt: new Date(now.getTime() - (index + 1) * 3_600_000),
    })),
  };
};
