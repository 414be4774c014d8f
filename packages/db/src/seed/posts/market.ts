import { bold, link, p, table, ul } from "../document";
import type { PostSketch } from "./sketch";

const GOODS = [
  ["27인치 모니터", "120,000원", "2년 썼고 불량 화소 없습니다.", "허민재"],
  ["유아용 카시트", "나눔", "아이가 커서 드립니다. 세탁했어요.", "안재성"],
  ["기계식 키보드 갈축", "60,000원", "소리가 부담돼서 내놓습니다.", "차민호"],
  ["캠핑 의자 두 개", "40,000원", "두 번 썼고 가방 있습니다.", "김상철"],
  ["몬스테라 화분", "나눔", "너무 잘 자라서 나눕니다. 화분은 가져오셔도 좋아요.", "고은비"],
  ["전공 서적 다섯 권", "20,000원", "자료구조, 운영체제, 네트워크입니다.", "김태경"],
  ["에어프라이어", "35,000원", "이사하면서 정리합니다.", "도재윤"],
  ["로드 자전거", "450,000원", "3년 탔고 지난달에 정비했습니다.", "류준호"],
  ["원목 책상", "80,000원", "폭 140 cm, 직접 가져가셔야 해요.", "이혜린"],
  ["콘서트 표 한 장", "정가", "일정이 겹쳐서 양도합니다.", "손예린"],
  ["커피 그라인더", "25,000원", "핸드밀에서 전동으로 바꿨습니다.", "성기훈"],
  ["아기 옷 한 상자", "나눔", "80에서 90 사이즈입니다.", "이수진"],
] as const;

const goods: readonly PostSketch[] = GOODS.map(([thing, price, note, author], index) => ({
  title: `[${price === "나눔" ? "나눔" : "판매"}] ${thing}`,
  author,
  pictures: index % 3 === 0 ? [{ kind: "floor" as const, alt: `마루에 놓을 ${thing}` }] : [],
  answers: ["제가 가져가도 될까요?", ["아직 있나요?", "네, 아직 있어요. 메신저로 연락 주세요."], "가격 조정 되나요?"],
  body: ({ picture }) => [
    table(["물건", "가격", "상태"], [thing, price, note]),
    ...(index % 3 === 0 ? [picture(0)] : []),
    p("점심시간에 1층 로비에서 드릴 수 있습니다. 먼저 댓글 단 분께 드려요."),
  ],
}));

const documents: readonly PostSketch[] = [
  ["회사 소개 자료 (국문·영문)", "채은하", "poster"],
  ["제안서 표지와 본문 양식", "표상우", "poster"],
  ["분기 보고서 그래프 모음", "강현주", "chart"],
  ["고객 만족도 조사 결과", "엄미정", "chart"],
  ["화상 회의 배경 그림", "나윤서", "landscape"],
  ["사내 안내판 시안", "원소담", "poster"],
  ["시장 동향 요약", "배성민", "chart"],
  ["바탕 화면 그림: 우리 산", "김영희", "landscape"],
].map(([title = "", author = "", kind = ""]) => {
  const picture = { kind: kind as "poster" | "chart" | "landscape", alt: title };
  return {
    title: `[자료] ${title}`,
    author,
    attachments: [picture],
    answers: ["필요했던 자료예요. 감사합니다.", "다음 갱신은 언제인가요?", "팀에 공유했습니다."],
    body: () => [
      p(bold(title), "를 올립니다. 첨부 파일을 내려받아 쓰세요."),
      ul("고친 것이 있으면 같은 글에 새 파일을 붙여 주세요.", "밖으로 보낼 때는 담당 팀에 먼저 알려 주세요."),
      p("글꼴과 색은 ", link("브랜드 안내", "https://example.com/brand"), "를 따릅니다."),
    ],
  };
});

/** 나눔장터와 자료실: 20 posts. */
export const market = (): PostSketch[] => [...goods, ...documents];
