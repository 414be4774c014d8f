import type { RankName, TitleName } from "./organisation";

export type DemoPerson = {
  readonly name: string;
  readonly nameEn: string;
  /** Given to accounts; people without a demo password have an account that nobody can sign in with. */
  readonly username: string;
  readonly department: string;
  readonly rank: RankName | null;
  readonly title: TitleName | null;
  readonly state: "ACTIVE" | "ON_LEAVE" | "RESIGNED";
  /** 겸직: a second place. */
  readonly alsoIn: { readonly department: string; readonly title: TitleName | null } | null;
  readonly gender: "f" | "m";
};

// name · latin name · department · rank · title ("-" for none) · gender
const ROSTER = `
정태윤|Jung Taeyun|MARU|대표이사|대표이사|m
한경숙|Han Kyungsook|MGT|전무|본부장|f
오창민|Oh Changmin|DEV|상무|본부장|m
윤미란|Yoon Miran|SAL|이사|본부장|f
서진우|Seo Jinwoo|DSN|이사|센터장|m
강현주|Kang Hyunju|PLN|부장|실장|f
배성민|Bae Sungmin|PLN|과장|-|m
임하늘|Lim Haneul|PLN|대리|-|f
최은정|Choi Eunjung|MGT-HR|부장|팀장|f
신동혁|Shin Donghyuk|MGT-HR|과장|-|m
유지원|Yoo Jiwon|MGT-HR|대리|-|f
문가람|Moon Garam|MGT-HR|사원|-|f
조병철|Cho Byungchul|MGT-GA|차장|팀장|m
백승희|Baek Seunghee|MGT-GA|과장|-|f
노태호|Noh Taeho|MGT-GA|사원|-|m
황인경|Hwang Inkyung|MGT-FI|부장|팀장|f
안재성|Ahn Jaesung|MGT-FI|과장|-|m
송미경|Song Mikyung|MGT-FI|대리|-|f
고은비|Ko Eunbi|MGT-FI|사원|-|f
남궁혁|Namgung Hyuk|MGT-IS|차장|팀장|m
관리자|Administrator|MGT-IS|-|-|m
심우진|Shim Woojin|MGT-IS|대리|-|m
박민수|Park Minsu|DEV-1|부장|팀장|m
홍길동|Hong Gildong|DEV-1|과장|-|m
이수진|Lee Sujin|DEV-1|과장|-|f
정다은|Jung Daeun|DEV-1|대리|-|f
김태경|Kim Taekyung|DEV-1|사원|-|m
차민호|Cha Minho|DEV-1|사원|-|m
이정훈|Lee Junghoon|DEV-2|차장|팀장|m
김나희|Kim Nahee|DEV-2|과장|-|f
류준호|Ryu Junho|DEV-2|대리|-|m
장서연|Jang Seoyeon|DEV-2|대리|-|f
허민재|Heo Minjae|DEV-2|사원|-|m
이도준|Lee Dojun|DEV-PF|차장|팀장|m
권보라|Kwon Bora|DEV-PF|과장|-|f
양승우|Yang Seungwoo|DEV-PF|대리|-|m
김하준|Kim Hajun|DEV-PF|사원|-|m
전혜란|Jeon Hyeran|DEV-QA|차장|팀장|f
곽동민|Kwak Dongmin|DEV-QA|과장|-|m
박지우|Park Jiwoo|DEV-QA|대리|-|f
손예린|Son Yerin|DEV-QA|사원|-|f
김상철|Kim Sangchul|SAL-KR|부장|팀장|m
이영섭|Lee Youngsup|SAL-KR|차장|-|m
박선영|Park Sunyoung|SAL-KR|과장|-|f
구본석|Koo Bonseok|SAL-KR|대리|-|m
정유나|Jung Yuna|SAL-KR|사원|-|f
민재호|Min Jaeho|SAL-GL|차장|팀장|m
제갈민|Jegal Min|SAL-GL|과장|-|m
이사라|Lee Sarah|SAL-GL|대리|-|f
엄미정|Uhm Mijung|SAL-CS|과장|팀장|f
주세아|Joo Sea|SAL-CS|대리|-|f
김보람|Kim Boram|SAL-CS|사원|-|f
도재윤|Do Jaeyun|SAL-CS|사원|-|m
김영희|Kim Younghee|DSN-UX|차장|-|f
성기훈|Sung Kihoon|DSN-UX|부장|팀장|m
이혜린|Lee Hyerin|DSN-UX|대리|-|f
나윤서|Na Yunseo|DSN-UX|사원|-|f
표상우|Pyo Sangwoo|DSN-BR|차장|팀장|m
채은하|Chae Eunha|DSN-BR|과장|-|f
원소담|Won Sodam|DSN-BR|사원|-|f
`;

const ON_LEAVE = "송미경";
const RESIGNED = "이영섭";
const SECOND_PLACES = new Map<string, DemoPerson["alsoIn"]>([["이도준", { department: "MGT-IS", title: null }]]);
const USERNAMES = new Map([
  ["홍길동", "hong"],
  ["김영희", "kim"],
  ["관리자", "admin"],
  ["남궁혁", "namgung"],
]);
/** Two, because the highest rights take two to give. */
export const DEMO_ADMINISTRATORS: readonly string[] = ["admin", "namgung"];

const usernameOf = (name: string, nameEn: string): string => {
  const [family = "", given = ""] = nameEn.toLowerCase().split(" ");
  return USERNAMES.get(name) ?? `${given}.${family}`;
};

const parse = (line: string): DemoPerson => {
  const [name = "", nameEn = "", department = "", rank = "", title = "", gender = ""] = line.split("|");
  return {
    name,
    nameEn,
    username: usernameOf(name, nameEn),
    department,
    rank: rank === "-" ? null : (rank as RankName),
    title: title === "-" ? null : (title as TitleName),
    state: name === ON_LEAVE ? "ON_LEAVE" : name === RESIGNED ? "RESIGNED" : "ACTIVE",
    alsoIn: SECOND_PLACES.get(name) ?? null,
    gender: gender === "f" ? "f" : "m",
  };
};

/** Sixty people. Their names are common ones; nobody real is meant. */
export const PEOPLE: readonly DemoPerson[] = ROSTER.trim().split("\n").map(parse);

/** Those who can sign in at the demo. */
export const DEMO_USERNAMES = [...USERNAMES.values()];
export const DEMO_PASSWORD = "maru-demo-passphrase";
