import { newId } from "@maru/platform/crypto/id";
import type { Database, Prisma } from "../client";
import { departmentSearchKeys, personSearchKeys } from "../search-keys";
import { RANKS } from "./organisation";
import { createRandom, type Random } from "./random";

const FAMILIES = [
  ..."김김김김이이이박박최정정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추",
];
const GIVEN = [
  ..."가강건겸경광국규근기나다도동라람래로리명모무미민병보빈상서석선성소수숙순승시아안연영예온용우운원유윤은의인일자재정제종주준지진찬창채철태하한해현형혜호환효후훈휘희",
];
const DIVISIONS = [..."개발 영업 생산 품질 연구 기획 재무 인사 총무 구매 물류 디자인 홍보 법무 감사 고객 해외 국내 보안 플랫폼".split(" ")];
const TEAMS_PER_DIVISION = 15;

type Options = { readonly people: number; readonly seed?: number };
type Row<Model> = Model & { readonly id: string };
export type Crowd = {
  readonly ranks: Row<Prisma.RankCreateManyInput>[];
  readonly titles: Row<Prisma.TitleCreateManyInput>[];
  readonly departments: Row<Prisma.DepartmentCreateManyInput>[];
  readonly people: Row<Prisma.PersonCreateManyInput>[];
  readonly affiliations: Row<Prisma.AffiliationCreateManyInput>[];
};

const buildDepartments = (): Crowd["departments"] => {
  const made = (name: string, nameEn: string, code: string, parent: { id: string; path: string } | null, sortOrder: number) => {
    const id = newId();
    const words = { name, nameEn, code, abbreviation: name.slice(0, 2) };
    return {
      id,
      parentId: parent?.id ?? null,
      path: parent ? `${parent.path}/${id}` : id,
      sortOrder,
      ...words,
      ...departmentSearchKeys(words),
    };
  };
  const company = made("군중회사", "Crowd Company", "CROWD", null, 0);
  const divisions = DIVISIONS.map((name, index) => made(`${name}본부`, `Division ${index + 1}`, `X${index + 1}`, company, index));
  const teams = divisions.flatMap((division, index) =>
    Array.from({ length: TEAMS_PER_DIVISION }, (_, team) =>
      made(`${DIVISIONS[index]}${team + 1}팀`, `Team ${index + 1}-${team + 1}`, `X${index + 1}-${team + 1}`, division, team),
    ),
  );
  return [company, ...divisions, ...teams];
};

const nameOf = (random: Random, index: number): string =>
  index === 0 ? "홍길동" : `${random.pick(FAMILIES)}${random.pick(GIVEN)}${random.pick(GIVEN)}`;

/** A large organisation in rows, for benches and for tests of search: one person of it is called 홍길동. The same seed gives the same names. */
export const buildCrowd = ({ people: count, seed = 7 }: Options): Crowd => {
  const random = createRandom(seed);
  const departments = buildDepartments();
  const ranks = RANKS.map((rank, sortOrder) => ({ ...rank, id: newId(), sortOrder }));
  const titles = ["본부장", "팀장"].map((name, sortOrder) => ({ id: newId(), name, nameEn: name, sortOrder, isHead: true }));
  const people: Crowd["people"] = [];
  const affiliations: Crowd["affiliations"] = [];
  const teams = departments.filter(({ path }) => path.split("/").length === 3);
  for (let index = 0; index < count; index += 1) {
    const id = newId();
    const name = nameOf(random, index);
    const employeeNo = `C${String(1_000_000 + index)}`;
    const mobile = `010-${String(1_000 + ((index * 7919) % 9_000))}-${String(10_000 + ((index * 104_729) % 10_000)).slice(1)}`;
    const team = teams[index % teams.length];
    const round = Math.floor(index / teams.length);
    const rank = ranks[round === 0 ? 4 : 5 + ((index * 31) % 4)];
    const state = index % 97 === 96 ? ("RESIGNED" as const) : ("ACTIVE" as const);
    people.push({ id, name, employeeNo, mobile, rankId: rank?.id, state, ...personSearchKeys({ name, employeeNo, mobile }) });
    const place = { id: newId(), personId: id, departmentId: team?.id ?? "", isPrimary: true, startsOn: new Date("2024-01-02") };
    affiliations.push({ ...place, titleId: round === 0 ? titles[1]?.id : null });
  }
  return { ranks, titles, departments, people, affiliations };
};

// Ranks and titles that stand already under the same name are those of the crowd too.
const standing = async (own: readonly { readonly id: string; readonly name: string }[], all: Promise<{ id: string; name: string }[]>) => {
  const ids = new Map((await all).map(({ id, name }) => [name, id]));
  const ownIds = new Map(own.map(({ id, name }) => [id, ids.get(name)]));
  return (id: string | null | undefined) => ownIds.get(id ?? "") ?? null;
};

/** Writes a crowd into a directory that has none yet, and leaves the database as it is at rest. */
export const writeCrowd = async ({ prisma, pool }: Pick<Database, "prisma" | "pool">, crowd: Crowd): Promise<void> => {
  await prisma.rank.createMany({ data: crowd.ranks, skipDuplicates: true });
  await prisma.title.createMany({ data: crowd.titles, skipDuplicates: true });
  await prisma.department.createMany({ data: crowd.departments });
  const rankOf = await standing(crowd.ranks, prisma.rank.findMany());
  const titleOf = await standing(crowd.titles, prisma.title.findMany());
  await prisma.person.createMany({ data: crowd.people.map((person) => ({ ...person, rankId: rankOf(person.rankId) })) });
  await prisma.affiliation.createMany({ data: crowd.affiliations.map((place) => ({ ...place, titleId: titleOf(place.titleId) })) });
  for (const table of ["person", "person_card", "affiliation", "department"]) await pool.query(`VACUUM ANALYZE ${table}`);
};
