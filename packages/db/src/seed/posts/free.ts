import { withParticle } from "@maru/platform/hangul";
import { bold, h2, ol, p, quote, table, ul } from "../document";
import type { Random } from "../random";
import { inOrder, type PostSketch } from "./sketch";

const SOUPS = ["된장찌개", "미역국", "육개장", "콩나물국", "순두부찌개", "소고기뭇국", "부대찌개", "시래깃국"] as const;
const MAINS = [
  "제육볶음",
  "고등어구이",
  "닭갈비",
  "돈가스",
  "불고기",
  "오징어볶음",
  "비빔밥",
  "카레라이스",
  "잡채",
  "함박스테이크",
] as const;
const SIDES = ["계란말이", "도토리묵", "시금치나물", "두부조림", "오이무침", "어묵볶음", "감자조림", "샐러드"] as const;

const WEEKS = 24;

const menus = (random: Random): PostSketch[] =>
  Array.from({ length: WEEKS }, (_, week) => {
    const soups = random.sample(SOUPS, 5);
    const mains = random.sample(MAINS, 5);
    const sides = random.sample(SIDES, 5);
    const rows = ["월", "화", "수", "목", "금"].map((day, index) => [day, soups[index] ?? "", mains[index] ?? "", sides[index] ?? ""]);
    return {
      title: `구내식당 주간 식단 (${week + 1}호)`,
      when: inOrder(week, WEEKS),
      author: week % 3 === 0 ? "백승희" : "노태호",
      answers: [
        `${mains[2]} 나오는 날만 기다립니다.`,
        "수요일은 꼭 출근해야겠네요.",
        ["채식 메뉴도 있나요?", "샐러드 코너를 매일 운영합니다."],
      ],
      body: () => [
        p("이번 주 점심 식단입니다. 재료 사정에 따라 바뀔 수 있어요."),
        table(["요일", "국", "주찬", "부찬"], ...rows),
        p("배식 시간은 11시 40분부터 1시까지입니다. 못 먹는 재료가 있으면 미리 알려 주세요."),
      ],
    };
  });

const MOUNTAINS = [
  ["북한산 백운대", "우이동 입구 오전 8시", "손에 잡힐 듯한 인수봉이 인상 깊었습니다."],
  ["관악산 연주대", "사당역 4번 출구 오전 9시", "바위가 많아 장갑이 꼭 필요합니다."],
  ["청계산 매봉", "청계산입구역 오전 9시", "처음 오신 분도 무리 없이 올랐어요."],
  ["도봉산 신선대", "도봉산역 오전 8시 30분", "단풍이 절정이라 사진을 백 장은 찍었습니다."],
  ["수락산 주봉", "수락산역 오전 9시", "내려와서 먹은 도토리묵이 최고였어요."],
  ["남한산성 성곽길", "산성역 오전 10시", "걷기 좋은 길이라 가족과 함께 오신 분이 많았습니다."],
] as const;

const hikes = (): PostSketch[] =>
  MOUNTAINS.flatMap(([place, meeting, impression], index): PostSketch[] => [
    {
      title: `[산악회] ${place} 함께 가요`,
      when: inOrder(index, MOUNTAINS.length) - 0.03,
      author: index % 2 === 0 ? "박민수" : "김상철",
      answers: [
        "참석합니다!",
        ["초보도 갈 수 있을까요?", "천천히 오르니 걱정 마세요."],
        "이번에는 꼭 가겠습니다.",
        "저도 한 자리 부탁드려요.",
      ],
      body: () => [
        p("이번 달 산행 안내입니다. 누구나 오실 수 있어요."),
        ul(["모이는 곳: ", bold(meeting)], "걷는 시간: 쉬는 시간을 넣어 네 시간", "준비물: 물, 간식, 여벌 옷, 등산화"),
        p("댓글로 참석을 알려 주시면 점심 자리를 예약하겠습니다."),
      ],
    },
    {
      title: `${place} 다녀왔습니다`,
      when: inOrder(index, MOUNTAINS.length) + 0.03,
      author: index % 2 === 0 ? "박선영" : "채은하",
      pictures: [
        { kind: "landscape", alt: `${place}에서 본 풍경` },
        { kind: "landscape", alt: "내려오는 길" },
      ],
      answers: ["사진이 그림 같네요.", "다음에는 저도 데려가 주세요.", ["몇 시간 걸렸어요?", "점심까지 다섯 시간이요."], "풍경 정말 좋다…"],
      body: ({ picture, mention }) => [
        p(`지난 토요일에 ${place}에 다녀왔어요. ${impression}`),
        picture(0),
        p("정상에서 잠깐 쉬고, 내려오는 길은 천천히 걸었습니다."),
        picture(1),
        p("길을 안내해 주신 ", mention("박민수"), " 팀장님 고맙습니다."),
      ],
    },
  ]);

const PLACES = [
  ["회사 뒤 골목 국밥집", "돼지국밥 9,000원", "줄이 길지만 금방 빠집니다. 새우젓을 꼭 넣어 드세요."],
  ["별관 맞은편 쌀국수", "양지 쌀국수 10,500원", "고수를 넉넉히 주고 면 추가가 무료예요."],
  ["역 앞 백반집", "백반 8,500원", "반찬이 매일 바뀌고 조기구이가 나오는 날이 최고입니다."],
  ["시장 안 칼국수", "바지락 칼국수 9,000원", "현금만 받으니 준비해 가세요."],
  ["공원 옆 베이커리", "소금빵 3,200원", "오후 두 시에 두 번째로 나와요."],
  ["언덕 위 돈가스", "등심 돈가스 12,000원", "창가 자리는 예약할 수 있습니다."],
  ["지하상가 김밥", "참치김밥 4,500원", "출근길에 전화하면 바로 받아 갈 수 있어요."],
  ["길 건너 중식당", "간짜장 9,500원", "면이 불지 않게 따로 내줍니다."],
] as const;

const AUTHORS = ["이혜린", "구본석", "정유나", "김보람", "장서연", "도재윤", "이사라", "차민호"] as const;

const restaurants = (): PostSketch[] =>
  PLACES.map(([place, menu, tip], index) => ({
    title: `점심 추천: ${place}`,
    author: AUTHORS[index] ?? "이혜린",
    answers: [
      "오늘 점심은 여기로 정했습니다.",
      "어제 다녀왔는데 정말 맛있어요.",
      ["혼자 가도 괜찮나요?", "1인석이 있어서 괜찮아요."],
      "저장했습니다.",
    ],
    body: () => [
      p(`${withParticle(place, "을/를")} 추천합니다. 제가 먹은 것은 `, bold(menu), "이에요."),
      quote(tip),
      p("다른 숨은 맛집도 댓글로 알려 주세요."),
    ],
  }));

const BOOKS = [
  ["작은 땅의 야수들", "전쟁과 독립의 시대를 사람의 이야기로 읽었습니다."],
  ["도둑맞은 집중력", "알림을 끄고 읽으니 더 와닿는 책이었습니다."],
  ["사피엔스", "두꺼워서 미뤄 왔는데 함께 읽으니 끝까지 읽었어요."],
  ["불편한 편의점", "퇴근길 지하철에서 읽기 좋은 따뜻한 이야기입니다."],
] as const;

const clubs = (): PostSketch[] =>
  BOOKS.map(([book, note], index) => ({
    title: `[독서 모임] ${book} 이야기 나눠요`,
    author: index % 2 === 0 ? "임하늘" : "나윤서",
    answers: ["이번 책 기대됩니다.", "책은 도서실에서 빌릴 수 있나요?", "다음 책 후보를 올려 두겠습니다."],
    body: () => [
      p(`이번 달 책은 『${book}』입니다. ${note}`),
      h2("함께 나눌 질문"),
      ol("가장 오래 머문 문장은 무엇이었나요?", "내 일과 닿아 있는 부분이 있었나요?", "누구에게 권하고 싶은가요?"),
      p("목요일 저녁 7시, 3층 라운지에서 만나요."),
    ],
  }));

const LOST = ["검은색 무선 이어폰", "파란 우산", "사원증 목걸이", "회색 텀블러", "안경", "충전기"] as const;

const findings = (): PostSketch[] =>
  LOST.map((thing, index) => ({
    title: `${thing} 주인을 찾습니다`,
    author: index % 2 === 0 ? "노태호" : "문가람",
    answers: ["제 것 같아요. 지금 가지러 갈게요.", "찾아 주셔서 감사합니다."],
    body: () => [
      p(`${2 + (index % 4)}층 회의실에서 ${withParticle(thing, "을/를")} 주웠습니다. 안내 데스크에 맡겨 두었어요.`),
      p("한 달 뒤에는 분실물 보관함으로 옮깁니다."),
    ],
  }));

const chats: readonly PostSketch[] = [
  {
    title: "사내 풋살 모임 첫 경기 결과",
    author: "류준호",
    pictures: [{ kind: "poster", alt: "풋살 모임 포스터" }],
    answers: ["다음 경기는 언제인가요?", "골키퍼 자리 비어 있으면 저요.", "김하준 님 두 골 멋졌습니다."],
    body: ({ picture, mention }) => [
      p("첫 경기에서 5 대 3으로 이겼습니다. 두 골을 넣은 ", mention("김하준"), " 님, 수고하셨어요."),
      picture(0),
      table(["이름", "득점", "도움"], ["김하준", "2", "1"], ["류준호", "1", "2"], ["허민재", "2", "0"]),
    ],
  },
  {
    title: "옥상 정원에 텃밭을 만들면 어떨까요?",
    author: "고은비",
    pictures: [{ kind: "landscape", alt: "옥상에서 본 하늘" }],
    answers: ["상추부터 시작하면 좋겠습니다.", ["물은 누가 주나요?", "당번을 정하면 될 것 같아요."], "찬성합니다!"],
    body: ({ picture }) => [
      p("점심시간에 옥상에 올라가 보니 빈자리가 꽤 넓더라고요. 상자 텃밭을 두면 어떨까요?"),
      picture(0),
      p("관심 있는 분은 댓글로 심고 싶은 채소를 적어 주세요."),
    ],
  },
  {
    title: "자전거로 출퇴근하시는 분 계신가요",
    author: "안재성",
    answers: ["저는 한강 따라 40분 걸려요.", ["샤워실은 어디에 있나요?", "별관 지하 1층에 있습니다."], "비 오는 날이 제일 어렵습니다."],
    body: () => [
      p("날이 좋아져서 자전거 출근을 시작했습니다. 자전거 보관대는 지하 1층에 20대까지 둘 수 있어요."),
      ul("집에서 회사까지 9 km", "신호가 적은 길을 찾는 중", "헬멧은 꼭 쓰기"),
    ],
  },
  {
    title: "디자인센터 전시에 놀러 오세요",
    author: "김영희",
    pictures: [
      { kind: "poster", alt: "전시 포스터" },
      { kind: "poster", alt: "전시 작품" },
    ],
    answers: [
      "포스터부터 멋집니다.",
      "점심시간에 다녀왔는데 정말 좋았어요.",
      ["언제까지 하나요?", "이번 달 말까지예요."],
      "마지막 작품이 기억에 남네요.",
    ],
    body: ({ picture }) => [
      p("디자인센터가 한 해 동안 그린 것들을 1층 로비에 걸었습니다. 주제는 ", bold("모양과 쉼"), "이에요."),
      picture(0),
      p("점심시간에 작가가 직접 설명해 드립니다."),
      picture(1),
    ],
  },
];

const VIEWS = [
  ["출근길에 만난 하늘", "이영섭"],
  ["주말에 다녀온 바다", "박선영"],
  ["비 갠 뒤 사옥 뒷산", "서진우"],
  ["점심 산책에서 한 장", "정다은"],
  ["해 질 무렵 한강", "민재호"],
  ["구름이 예뻤던 날", "고은비"],
  ["달이 밝던 퇴근길", "김나희"],
  ["휴가 사진 나눠요", "강현주"],
] as const;

const views = (): PostSketch[] =>
  VIEWS.map(([title, author], index) => ({
    title,
    author,
    when: inOrder(index, VIEWS.length),
    pictures: [{ kind: "landscape" as const, alt: title }],
    answers: ["바탕 화면으로 쓰고 싶어요.", "어디에서 찍으셨어요?", "마음이 편해지는 사진이네요.", "덕분에 잠깐 쉬어 갑니다."],
    body: ({ picture }) => [p("바쁜 하루 중에 잠깐 눈이 머물러서 찍었습니다."), picture(0), p("여러분이 찍은 풍경도 댓글로 들려주세요.")],
  }));

/** 자유게시판: 66 posts. */
export const freePosts = (random: Random): PostSketch[] => [
  ...menus(random),
  ...hikes(),
  ...restaurants(),
  ...clubs(),
  ...findings(),
  ...views(),
  ...chats,
];
