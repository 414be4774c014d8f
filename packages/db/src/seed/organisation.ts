/** 직급, from the highest to the lowest. */
export const RANKS = [
  { name: "대표이사", nameEn: "Chief Executive Officer", isExecutive: true },
  { name: "전무", nameEn: "Executive Vice President", isExecutive: true },
  { name: "상무", nameEn: "Senior Vice President", isExecutive: true },
  { name: "이사", nameEn: "Director", isExecutive: true },
  { name: "부장", nameEn: "General Manager", isExecutive: false },
  { name: "차장", nameEn: "Deputy General Manager", isExecutive: false },
  { name: "과장", nameEn: "Manager", isExecutive: false },
  { name: "대리", nameEn: "Assistant Manager", isExecutive: false },
  { name: "사원", nameEn: "Associate", isExecutive: false },
] as const;

/** 직책, from the highest to the lowest. Each of them leads a department. */
export const TITLES = [
  { name: "대표이사", nameEn: "CEO" },
  { name: "본부장", nameEn: "Head of Division" },
  { name: "센터장", nameEn: "Head of Center" },
  { name: "실장", nameEn: "Head of Office" },
  { name: "팀장", nameEn: "Team Lead" },
] as const;

/** 직위, from the highest to the lowest, with the ranks that stand in it. */
export const POSITIONS = [
  { name: "대표", nameEn: "Chief", ranks: ["대표이사"] },
  { name: "임원", nameEn: "Executive", ranks: ["전무", "상무", "이사"] },
  { name: "수석", nameEn: "Principal", ranks: ["부장", "차장"] },
  { name: "책임", nameEn: "Senior", ranks: ["과장"] },
  { name: "선임", nameEn: "Intermediate", ranks: ["대리"] },
  { name: "주임", nameEn: "Junior", ranks: ["사원"] },
] as const;

export type RankName = (typeof RANKS)[number]["name"];
export type TitleName = (typeof TITLES)[number]["name"];

type Department = {
  readonly code: string;
  readonly parent: string | null;
  readonly kind: "COMPANY" | "DIVISION" | "DEPARTMENT" | "TEAM";
  readonly name: string;
  readonly nameEn: string;
  readonly abbreviation: string;
};

// What a department is called says what it is.
const kindOf = (parent: string | null, name: string): Department["kind"] => {
  if (parent === null) return "COMPANY";
  if (name.endsWith("팀")) return "TEAM";
  return name.endsWith("실") ? "DEPARTMENT" : "DIVISION";
};

const department = (code: string, parent: string | null, name: string, nameEn: string, abbreviation: string): Department => ({
  code,
  parent,
  kind: kindOf(parent, name),
  name,
  nameEn,
  abbreviation,
});

/** Parents before children, in the order of the organisation chart. */
export const DEPARTMENTS: readonly Department[] = [
  department("MARU", null, "마루컴퍼니", "Maru Company", "마루"),
  department("PLN", "MARU", "전략기획실", "Strategy Office", "전략"),
  department("MGT", "MARU", "경영지원본부", "Management Support Division", "경영"),
  department("MGT-HR", "MGT", "인사팀", "HR Team", "인사"),
  department("MGT-GA", "MGT", "총무팀", "General Affairs Team", "총무"),
  department("MGT-FI", "MGT", "재무팀", "Finance Team", "재무"),
  department("MGT-IS", "MGT", "정보보안팀", "Information Security Team", "정보"),
  department("DEV", "MARU", "개발본부", "Development Division", "개발"),
  department("DEV-1", "DEV", "개발1팀", "Dev Team 1", "개1"),
  department("DEV-2", "DEV", "개발2팀", "Dev Team 2", "개2"),
  department("DEV-PF", "DEV", "플랫폼팀", "Platform Team", "플랫"),
  department("DEV-QA", "DEV", "품질보증팀", "Quality Assurance Team", "품질"),
  department("SAL", "MARU", "영업본부", "Sales Division", "영업"),
  department("SAL-KR", "SAL", "국내영업팀", "Domestic Sales Team", "국영"),
  department("SAL-GL", "SAL", "해외영업팀", "Global Sales Team", "해영"),
  department("SAL-CS", "SAL", "고객지원팀", "Customer Support Team", "고객"),
  department("DSN", "MARU", "디자인센터", "Design Center", "디자"),
  department("DSN-UX", "DSN", "UX디자인팀", "UX Design Team", "UX"),
  department("DSN-BR", "DSN", "브랜드디자인팀", "Brand Design Team", "브랜"),
];
