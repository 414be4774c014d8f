import { FILE_FIELDS, type FileField } from "../contract/files";

// The first name of each field is the one that is written; the others are how personnel offices and other systems call it.
const NAMES: Readonly<Record<FileField, readonly string[]>> = {
  employeeNo: ["사번", "사원번호", "직원번호", "Employee number", "employee no", "employee id", "emp no", "staff no"],
  name: ["이름", "성명", "성함", "Name", "full name", "korean name"],
  nameEn: ["영문 이름", "영문명", "영문성명", "English name", "name en"],
  department: ["부서", "부서명", "소속", "소속부서", "부서코드", "Department", "dept", "team", "department code"],
  rank: ["직급", "직급명", "Rank", "grade"],
  position: ["직위", "직위명", "Position"],
  title: ["직책", "직책명", "Title", "duty", "job title"],
  email: ["이메일", "메일", "메일주소", "이메일주소", "E-mail", "mail", "e-mail address"],
  phone: ["전화", "전화번호", "내선", "내선번호", "사무실전화", "Phone", "telephone", "office phone", "extension"],
  mobile: ["휴대전화", "휴대폰", "핸드폰", "휴대전화번호", "휴대폰번호", "연락처", "Mobile", "mobile phone", "cell phone"],
  manager: ["상사 사번", "상사", "관리자", "관리자사번", "보고대상", "Manager number", "manager", "manager id", "reports to"],
};

const spelled = (header: string): string =>
  header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.\-:*()[\]]/gu, "");
const FIELD_OF = new Map(FILE_FIELDS.flatMap((field) => NAMES[field].map((name) => [spelled(name), field] as const)));

/** What the columns of a file mean, by their names in Korean and English; of two that sound alike the first one has it. */
export const guessFields = (headers: readonly string[]): (FileField | null)[] => {
  const taken = new Set<FileField>();
  return headers.map((header) => {
    const field = FIELD_OF.get(spelled(header));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
};

/** What the columns of an export are called. */
export const headersOf = (fields: readonly FileField[]): string[] => fields.map((field) => NAMES[field][0] ?? field);
