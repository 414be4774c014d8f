import { withParticle } from "@maru/platform/hangul";
import { bold, p, table } from "../document";
import type { PostSketch } from "./sketch";

const CHEERS = ["축하드립니다!", "진심으로 축하합니다. 행복하세요.", "좋은 소식이네요. 축하해요.", "꼭 참석하겠습니다."] as const;
const COMFORT = ["삼가 고인의 명복을 빕니다.", "깊은 위로의 말씀을 드립니다.", "마음으로 함께하겠습니다."] as const;

const weddings: readonly PostSketch[] = [
  ["장서연", "토요일 낮 12시", "서울 마포구 한마음예식장 2층"],
  ["구본석", "일요일 오후 1시", "경기 성남시 가든홀"],
  ["이혜린", "토요일 오후 3시", "서울 종로구 한옥 마당"],
  ["양승우", "토요일 오전 11시", "대전 유성구 라온컨벤션"],
  ["박지우", "일요일 낮 12시 30분", "서울 강서구 하늘정원"],
].map(([name = "", time = "", place = ""]) => ({
  title: `[결혼] ${name} 님이 결혼합니다`,
  author: "유지원",
  answers: [...CHEERS],
  body: ({ mention }) => [
    p(mention(name), "님이 새로운 시작을 합니다. 따뜻한 축하 부탁드립니다."),
    table(["구분", "내용"], ["일시", time], ["장소", place]),
    p("화환은 정중히 사양한다고 합니다."),
  ],
}));

const births: readonly PostSketch[] = [
  ["이수진", "딸"],
  ["신동혁", "아들"],
  ["권보라", "딸"],
  ["안재성", "쌍둥이"],
  ["홍길동", "아들"],
].map(([name = "", child = ""]) => ({
  title: `[출산] ${name} 님 ${withParticle(child === "딸" ? "득녀" : "득남", "을/를")} 축하합니다`,
  author: "문가람",
  pictures: [{ kind: "poster" as const, alt: "축하 카드" }],
  answers: [...CHEERS, "아기도 산모도 건강하길 바랍니다."],
  body: ({ mention, picture }) => [
    p(mention(name), `님이 건강한 ${withParticle(child === "쌍둥이" ? "쌍둥이 형제" : child, "을/를")} 만났습니다. 모두 건강하다고 해요.`),
    picture(0),
  ],
}));

const condolences: readonly PostSketch[] = [
  ["곽동민", "부친상", "한마음병원 장례식장 3호실"],
  ["김상철", "모친상", "중앙병원 장례식장 특1호실"],
  ["채은하", "조부상", "시립병원 장례식장 5호실"],
  ["제갈민", "빙부상", "온누리병원 장례식장 2호실"],
].map(([name = "", kind = "", place = ""]) => ({
  title: `[부고] ${name} 님 ${kind}`,
  author: "최은정",
  answers: [...COMFORT],
  body: () => [
    p(`${name} 님의 ${withParticle(kind, "을/를")} 알려 드립니다. 삼가 고인의 명복을 빕니다.`),
    table(["구분", "내용"], ["빈소", place], ["발인", "모레 오전 7시"]),
    p("조문은 개인의 사정에 따라 편하게 해 주세요."),
  ],
}));

const awards: readonly PostSketch[] = [
  ["김영희", "올해의 디자인상 본상"],
  ["정다은", "개발자 대회 은상"],
  ["민재호", "수출 유공자 표창"],
  ["전혜란", "품질 경영 우수상"],
  ["박선영", "분기 우수 사원"],
  ["이도준", "특허 등록 2건"],
].map(([name = "", award = ""]) => ({
  title: `${name} 님, ${award} 받았습니다`,
  author: "유지원",
  answers: [...CHEERS, "자랑스럽습니다.", "다음에 비결을 들려주세요."],
  body: ({ mention }) => [
    p("기쁜 소식입니다. ", mention(name), "님이 ", bold(withParticle(award, "을/를")), " 받았습니다."),
    p("오래 준비한 일이 좋은 결실을 맺었습니다. 함께 축하해 주세요."),
  ],
}));

/** 경조사: 20 posts. */
export const occasions = (): PostSketch[] => [...weddings, ...births, ...condolences, ...awards];
