import { developmentPosts } from "./posts/development";
import { freePosts } from "./posts/free";
import { market } from "./posts/market";
import { notices } from "./posts/notices";
import { occasions } from "./posts/occasions";
import { questions } from "./posts/questions";
import type { PostSketch } from "./posts/sketch";
import type { Random } from "./random";

export type DemoBoard = {
  readonly slug: string;
  readonly name: string;
  readonly nameEn: string;
  readonly description: string;
  readonly descriptionEn: string;
  readonly isNotice: boolean;
  readonly postingBy: "EVERYONE" | "MODERATORS";
  /** The code of the department whose people read it; null for everybody. */
  readonly department: string | null;
  readonly posts: (random: Random) => readonly PostSketch[];
};

const everybody = { isNotice: false, postingBy: "EVERYONE", department: null } as const;

/** Six boards in the order of the menu, 200 posts between them. */
export const BOARDS: readonly DemoBoard[] = [
  {
    ...everybody,
    slug: "notice",
    name: "공지사항",
    nameEn: "Announcements",
    description: "모두가 알아야 할 소식",
    descriptionEn: "What everybody should know",
    isNotice: true,
    postingBy: "MODERATORS",
    posts: notices,
  },
  {
    ...everybody,
    slug: "free",
    name: "자유게시판",
    nameEn: "Open board",
    description: "무엇이든 이야기하는 곳",
    descriptionEn: "A place for anything",
    posts: freePosts,
  },
  {
    ...everybody,
    slug: "qna",
    name: "질문과 답변",
    nameEn: "Questions and answers",
    description: "막히는 일이 있으면 물어보세요",
    descriptionEn: "Ask when you are stuck",
    posts: questions,
  },
  {
    ...everybody,
    slug: "occasions",
    name: "경조사",
    nameEn: "Family events",
    description: "기쁨과 슬픔을 함께합니다",
    descriptionEn: "Joys and sorrows, shared",
    posts: occasions,
  },
  {
    ...everybody,
    slug: "market",
    name: "나눔장터·자료실",
    nameEn: "Market and materials",
    description: "물건과 자료를 나눕니다",
    descriptionEn: "Things and files to pass on",
    posts: market,
  },
  {
    ...everybody,
    slug: "dev",
    name: "개발본부",
    nameEn: "Development",
    description: "개발본부 사람들이 읽는 게시판",
    descriptionEn: "Read by the development division",
    department: "DEV",
    posts: developmentPosts,
  },
];
