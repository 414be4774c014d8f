import { LINK_TTL_MS, type LinkPurpose, type Locale } from "./contract";

/**
 * Without a token: `KNOWN` goes to who registers with an address that has an account, `ELSEWHERE` to who forgot a password that a directory
 * keeps. Only the mailbox learns that.
 */
export type LinkMailKind = LinkPurpose | "KNOWN" | "ELSEWHERE";

type Words = { readonly subject: string; readonly why: string };

const WORDS: Readonly<Record<Locale, Readonly<Record<LinkMailKind, Words>>>> = {
  ko: {
    RESET: { subject: "[Maru] 비밀번호 다시 정하기", why: "비밀번호를 다시 정하려면 아래 링크를 여세요." },
    VERIFY: { subject: "[Maru] 메일 주소 확인", why: "이 메일 주소가 본인의 것인지 확인하려면 아래 링크를 여세요." },
    INVITE: { subject: "[Maru] 초대", why: "Maru에 초대받았어요. 계정을 만들려면 아래 링크를 여세요." },
    REGISTER: { subject: "[Maru] 가입 계속하기", why: "가입을 마치려면 아래 링크를 여세요." },
    KNOWN: {
      subject: "[Maru] 이미 계정이 있어요",
      why: "이 메일 주소로 가입을 신청했지만 이미 계정이 있어요. 비밀번호를 잊었다면 아래 주소에서 다시 정할 수 있어요.",
    },
    ELSEWHERE: {
      subject: "[Maru] 비밀번호는 회사 계정에서 바꿔요",
      why: "Maru에는 회사 계정(디렉터리)의 비밀번호로 로그인해요. 비밀번호는 컴퓨터에 로그인할 때 쓰는 회사 계정에서 바꾸거나 회사 계정 담당자에게 초기화를 부탁하고, 새 비밀번호로 아래 주소에서 로그인하세요.",
    },
  },
  en: {
    RESET: { subject: "[Maru] Choose a new password", why: "Open this link to choose a new password." },
    VERIFY: { subject: "[Maru] Confirm your mail address", why: "Open this link to confirm that this mail address is yours." },
    INVITE: { subject: "[Maru] You are invited", why: "You are invited to Maru. Open this link to make your account." },
    REGISTER: { subject: "[Maru] Finish signing up", why: "Open this link to finish signing up." },
    KNOWN: {
      subject: "[Maru] You already have an account",
      why: "Somebody signed up with this mail address, which has an account already. If you forgot its password, choose a new one here.",
    },
    ELSEWHERE: {
      subject: "[Maru] Your password is that of your company account",
      why: "You sign in to Maru with the password of your company account (the directory). Change it there, where you sign in to your computer, or ask whoever looks after company accounts to reset it. Then sign in here with the new one.",
    },
  },
};

const HOUR_MS = 60 * 60 * 1000;
const spanOf = (ms: number, locale: Locale): string => {
  const [amount, unit] =
    ms < HOUR_MS ? [ms / 60_000, "minute"] : ms <= 24 * HOUR_MS ? [ms / HOUR_MS, "hour"] : [ms / (24 * HOUR_MS), "day"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
};

const limitOf = (kind: LinkMailKind, locale: Locale): string => {
  if (kind === "KNOWN" || kind === "ELSEWHERE") return "";
  const span = spanOf(LINK_TTL_MS[kind], locale);
  return locale === "ko" ? `링크는 ${span} 동안 한 번만 쓸 수 있어요.\n` : `The link works once, for ${span}.\n`;
};

const IGNORE: Readonly<Record<Locale, string>> = {
  ko: "직접 신청하지 않았다면 이 메일은 무시하세요. 아무것도 바뀌지 않아요.",
  en: "If you did not ask for this, ignore this mail. Nothing will change.",
};

/** The letter that brings a link. The user name stands in it, because people forget that too. */
export const writeLinkMail = (
  kind: LinkMailKind,
  locale: Locale,
  { url, username }: { readonly url: string; readonly username: string | null },
): { subject: string; text: string } => {
  const { subject, why } = WORDS[locale][kind];
  const name = username === null ? "" : locale === "ko" ? `아이디: ${username}\n` : `User name: ${username}\n`;
  return { subject, text: `${why}\n\n${url}\n\n${name}${limitOf(kind, locale)}${IGNORE[locale]}\n` };
};
