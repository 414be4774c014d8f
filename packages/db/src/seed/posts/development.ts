import { bold, code, h2, h3, link, mono, ol, p, quote, table, ul } from "../document";
import type { Random } from "../random";
import { inOrder, type PostSketch } from "./sketch";

const CHANGES = [
  "목록을 열 때 불필요한 질의를 줄였습니다.",
  "파일 이름에 괄호가 있으면 내려받기가 실패하던 문제를 고쳤습니다.",
  "알림이 두 번 오던 문제를 고쳤습니다.",
  "표를 붙여 넣으면 줄 높이가 달라지던 문제를 고쳤습니다.",
  "검색 결과에서 초성을 지원합니다.",
  "사진을 올리는 동안 진행률을 보여 줍니다.",
  "세션이 끝나면 작성 중인 글을 보존합니다.",
  "댓글에 답글을 달 수 있습니다.",
  "날짜를 누르면 정확한 시각을 보여 줍니다.",
  "접근성: 메뉴를 키보드만으로 쓸 수 있습니다.",
] as const;

const RELEASES = 16;

const releases = (random: Random): PostSketch[] =>
  Array.from({ length: RELEASES }, (_, index) => {
    const version = `2.${index}.0`;
    const changes = random.sample(CHANGES, 4);
    return {
      title: `릴리스 ${version} 배포 노트`,
      when: inOrder(index, RELEASES),
      author: index % 2 === 0 ? "이도준" : "권보라",
      answers: [
        "운영 반영 확인했습니다.",
        ["되돌리기 절차는 지난번과 같나요?", "네, 이전 이미지를 그대로 올리면 됩니다."],
        "수고하셨습니다.",
      ],
      body: () => [
        p("이번 주 배포 내용입니다. 데이터베이스 변경은 ", bold(index % 3 === 0 ? "있습니다" : "없습니다"), "."),
        h3("바뀐 것"),
        ul(...changes),
        h3("배포 순서"),
        code("bash", `git tag v${version}\nnpm run build\n./deploy.sh --version v${version} --wait-ready`),
        p("배포 뒤 30분 동안 오류율을 함께 봅니다."),
      ],
    };
  });

const MEETINGS = 14;

const meetings = (random: Random): PostSketch[] =>
  Array.from({ length: MEETINGS }, (_, index) => {
    const [first = "", second = "", third = ""] = random.sample(["홍길동", "이수진", "김나희", "류준호", "곽동민", "양승우"], 3);
    return {
      title: `개발본부 주간 회의록 (${index + 1}차)`,
      when: inOrder(index, MEETINGS),
      author: index % 2 === 0 ? "이정훈" : "박민수",
      answers: ["제 할 일 확인했습니다.", "다음 회의 안건에 성능 측정을 넣어 주세요.", "일정 하루 미뤄도 될까요?"],
      body: ({ mention }) => [
        h2("논의"),
        ul("지난주 장애의 원인과 재발 방지", "다음 분기 우선순위", "신규 입사자 온보딩"),
        h2("결정"),
        p("오류 알림은 5분 단위로 묶어서 보냅니다. 근거는 ", bold("야간 호출 17건 중 14건이 같은 원인"), "이었습니다."),
        h2("할 일"),
        table(
          ["담당", "내용", "기한"],
          [first, "느린 질의 목록 정리", "수요일"],
          [second, "부하 시험 환경 준비", "목요일"],
          [third, "화면 회귀 시험 추가", "금요일"],
        ),
        p(mention(first), " ", mention(second), " ", mention(third), " 확인 부탁드립니다."),
      ],
    };
  });

const articles: readonly PostSketch[] = [
  {
    title: "커서 페이지네이션을 쓰는 이유",
    author: "홍길동",
    pictures: [{ kind: "chart", alt: "쪽 번호와 커서의 응답 시간" }],
    answers: [
      "깊은 쪽에서 느려지던 이유를 이제 알겠네요.",
      ["정렬 기준이 두 개면 어떻게 하나요?", "행 비교로 한 번에 조건을 걸면 됩니다."],
      "좋은 글 감사합니다.",
    ],
    body: ({ picture }) => [
      p("쪽 번호 방식은 뒤로 갈수록 느려집니다. ", mono("OFFSET 100000"), "은 버릴 행 십만 개를 모두 읽기 때문입니다."),
      picture(0),
      h2("대신 이렇게"),
      code(
        "sql",
        "SELECT id, title\nFROM post\nWHERE board_id = $1\n  AND (published_at, id) < ($2, $3)\nORDER BY published_at DESC, id DESC\nLIMIT 21;",
      ),
      ul(
        "마지막으로 본 행의 값에서 이어서 읽습니다.",
        "누가 글을 올려도 빠지거나 겹치지 않습니다.",
        "한 행을 더 읽어 다음 쪽이 있는지 압니다.",
      ),
    ],
  },
  {
    title: "트랜잭션 아웃박스 정리",
    author: "이수진",
    answers: ["중복 처리는 어디서 막나요?", "그림으로도 보고 싶습니다."],
    body: () => [
      p("글은 저장됐는데 알림이 안 가는 일, 알림은 갔는데 글이 없는 일을 없애는 방법입니다."),
      ol(
        "글과 사건을 같은 트랜잭션에 씁니다.",
        "중계기가 사건을 가져가 일감으로 나눕니다.",
        "일감은 여러 번 실행되어도 결과가 한 번뿐입니다.",
      ),
      code("ts", "await ctx.tx(async (tx) => {\n  await tx.db.post.create({ data });\n  tx.emit(postPublished, { postId });\n});"),
      quote("커밋되지 않은 것은 아무도 모르고, 커밋된 것은 반드시 전해집니다."),
    ],
  },
  {
    title: "한글 검색: 초성과 자모",
    author: "정다은",
    answers: ["겹받침은 어떻게 나누나요?", "조직도 검색에 바로 써 보겠습니다."],
    body: () => [
      p("한글 음절은 유니코드에서 규칙대로 놓여 있어 계산만으로 초성을 얻습니다."),
      code(
        "ts",
        'const index = syllable.charCodeAt(0) - 0xac00;\nconst initial = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[Math.floor(index / 588)];',
      ),
      p("macOS에서 올린 파일 이름은 자모가 풀려 있으니 비교하기 전에 ", mono("normalize('NFC')"), "를 꼭 부르세요."),
    ],
  },
  {
    title: "부하 시험 결과 공유",
    author: "양승우",
    pictures: [{ kind: "chart", alt: "초당 요청 수에 따른 응답 시간" }],
    attachments: [{ kind: "chart", alt: "메모리 사용량" }],
    answers: ["p95가 안정적이네요.", ["연결 수는 몇 개로 두었나요?", "프로세스마다 열 개입니다."], "다음에는 쓰기 비율도 올려 봅시다."],
    body: ({ picture }) => [
      p("두 코어 장비에서 초당 1,000건을 30분 동안 보냈습니다."),
      picture(0),
      table(
        ["구간", "p50", "p95", "오류"],
        ["목록", "1.8 ms", "4.2 ms", "0"],
        ["본문", "2.6 ms", "6.9 ms", "0"],
        ["쓰기", "7.1 ms", "15.3 ms", "0"],
      ),
    ],
  },
  {
    title: "코드 리뷰에서 서로 지키면 좋은 것",
    author: "전혜란",
    answers: ["칭찬도 리뷰라는 말에 공감합니다.", "팀 규칙에 넣어요.", "하루 안에 답하기부터 지켜 보겠습니다."],
    body: () => [
      ul("하루 안에 첫 답을 합니다.", "취향과 결함을 나누어 적습니다.", "왜 그렇게 했는지 먼저 묻습니다.", "좋은 부분은 좋다고 말합니다."),
      p("자세한 기준은 ", link("개발 안내서", "/boards/dev"), "에 모으고 있습니다."),
    ],
  },
  {
    title: "장애 회고: 화요일 오전 접속 지연",
    author: "권보라",
    answers: ["재발 방지 항목은 제가 맡겠습니다.", "시간대별로 정리해 주셔서 이해가 쉬웠습니다."],
    body: ({ mention }) => [
      h2("무슨 일이 있었나"),
      table(
        ["시각", "일어난 일"],
        ["09:02", "응답 시간이 3초를 넘음"],
        ["09:07", "알림, 원인 조사 시작"],
        ["09:21", "오래 걸리는 질의를 멈춤"],
        ["09:24", "정상"],
      ),
      h2("왜"),
      p("통계가 오래되어 계획이 바뀌었고, 한 질의가 테이블 전체를 읽었습니다."),
      h2("그래서"),
      ol("느린 질의에 시간 제한을 둡니다.", "통계를 밤마다 새로 만듭니다.", "같은 상황을 시험에 넣습니다."),
      p("빠르게 도와주신 ", mention("홍길동"), " 과장님 고맙습니다."),
    ],
  },
  {
    title: "사내 라이브러리 버전 올리기 계획",
    author: "김하준",
    answers: ["QA 일정과 겹치지 않게 부탁드려요.", "시험 환경부터 올려 보겠습니다."],
    body: () => [
      p("보안 공지가 나온 것부터 순서대로 올립니다."),
      table(["라이브러리", "지금", "목표"], ["next", "16.4.3", "16.4.6"], ["sharp", "0.35.2", "0.35.5"], ["zod", "4.6.1", "4.6.7"]),
      code("bash", "npm outdated\nnpm test"),
    ],
  },
  {
    title: "신규 입사자를 위한 첫 주 안내",
    author: "박민수",
    isPinned: true,
    answers: ["덕분에 이틀 만에 첫 배포를 했습니다.", "계정 신청 양식이 바뀌어서 고쳤습니다."],
    body: ({ mention }) => [
      p("처음 오신 분이 길을 잃지 않도록 모았습니다."),
      ol("저장소를 받고 한 명령으로 실행해 봅니다.", "작은 오타 하나를 고쳐 첫 변경을 올립니다.", "팀의 회의와 당번 순서를 확인합니다."),
      p("막히면 혼자 30분 이상 고민하지 말고 ", mention("홍길동"), " 과장이나 ", mention("이수진"), " 과장에게 물어보세요."),
    ],
  },
];

/** 개발본부 게시판: 38 posts. */
export const developmentPosts = (random: Random): PostSketch[] => [...releases(random), ...meetings(random), ...articles];
