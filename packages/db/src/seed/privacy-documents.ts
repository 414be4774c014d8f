import type { Prisma } from "../client";
import type { Random } from "./random";

type Text = Pick<Prisma.PrivacyDocumentCreateManyInput, "kind" | "isRequired" | "title" | "titleEn" | "body" | "bodyEn">;

/** What the people of the demo have agreed to: examples to be replaced by the texts of whoever runs Maru. */
const TEXTS: readonly Text[] = [
  {
    kind: "TERMS",
    isRequired: true,
    title: "이용약관",
    titleEn: "Terms of use",
    body: `제1조 (목적) 이 약관은 마루 데모 회사의 구성원이 사내 업무 포털을 이용하는 조건을 정합니다.

제2조 (계정) 계정은 본인만 사용합니다. 비밀번호를 다른 사람에게 알려 주지 않습니다.

제3조 (이용) 구성원은 업무에 필요한 범위에서 게시판과 파일을 이용하고, 다른 사람의 권리를 침해하지 않습니다.

제4조 (탈퇴) 구성원은 언제든지 계정을 지울 수 있습니다. 14일이 지나면 개인정보를 지우고, 남긴 글은 탈퇴한 구성원의 글로 남습니다.

이 약관은 데모를 위한 예시입니다.`,
    bodyEn: `1. Purpose. These terms say under which conditions the people of the Maru demo company use its workplace portal.

2. Accounts. An account is used by its owner alone. Passwords are told to nobody.

3. Use. People use boards and files as far as their work needs it, and respect the rights of others.

4. Leaving. Everybody can delete her account at any time. 14 days later what is personal is erased; what she has written stays as that of a former member.

This text is an example for the demo.`,
  },
  {
    kind: "PRIVACY",
    isRequired: true,
    title: "개인정보 처리방침",
    titleEn: "Privacy notice",
    body: `처리하는 정보: 이름, 사번, 부서와 직책, 회사 메일과 전화번호, 로그인 기록, 작성한 글과 올린 파일.

목적: 사내 업무 포털의 제공과 보안.

보관: 계정을 지우면 14일 뒤에 지웁니다. 감사 기록은 법에 따라 1년 이상 보관합니다.

권리: 설정의 개인정보 화면에서 내 정보를 내려받고, 동의를 확인하고, 계정을 지울 수 있습니다.

이 문서는 데모를 위한 예시입니다.`,
    bodyEn: `What is processed: name, employee number, department and duty, company mail and phone, sign-ins, what was written and uploaded.

Why: to run the workplace portal and to keep it safe.

How long: 14 days after an account is deleted it is erased. The audit log is kept for a year or more, as the law asks.

Rights: on the page Privacy of the settings everybody can download her data, see her consents and delete her account.

This text is an example for the demo.`,
  },
  {
    kind: "NEWS",
    isRequired: false,
    title: "사내 소식 메일 받기",
    titleEn: "News by mail",
    body: "한 달에 한 번 사내 소식을 메일로 보내 드립니다. 언제든지 철회할 수 있습니다.",
    bodyEn: "News of the company once a month by mail. It can be withdrawn at any time.",
  },
];

export type BuiltDocuments = {
  readonly documents: Prisma.PrivacyDocumentCreateManyInput[];
  readonly consents: Prisma.ConsentCreateManyInput[];
};

/** The first version of each text, and everybody's consent to those that are required: nobody who looks at the demo is asked at once. */
export const buildPrivacyDocuments = (random: Random, at: Date, personIds: readonly string[]): BuiltDocuments => {
  const documents = TEXTS.map((text) => ({ ...text, id: random.idAt(at), version: 1, publishedAt: at }));
  const required = documents.filter(({ isRequired }) => isRequired);
  const consents = personIds.flatMap((personId) =>
    required.map(({ id: documentId }) => ({ id: random.idAt(at), personId, documentId, givenAt: at })),
  );
  return { documents, consents };
};
