import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { EmptyState } from "../empty-state/empty-state";
import { ErrorState } from "../error-state/error-state";
import { NoPermissionState } from "../no-permission-state/no-permission-state";
import { PageHeader } from "../page-header/page-header";
import { SkeletonList } from "../skeleton-list/skeleton-list";

describe("ErrorState", () => {
  test("gives the cause, the next step and what support needs, and is announced", () => {
    const html = renderToStaticMarkup(
      <ErrorState
        title="글을 불러오지 못했어요"
        cause="서버와 연결이 끊겼어요."
        nextStep="잠시 뒤에 다시 시도하세요."
        code="board.unavailable"
        requestId="req-1"
        labels={{ code: "코드", requestId: "요청 번호" }}
        action={<button type="button">다시 시도</button>}
      />,
    );
    expect(html).toContain('role="alert"');
    expect(html).toMatch(/<h2[^>]*>글을 불러오지 못했어요<\/h2>/);
    expect(html).toContain("서버와 연결이 끊겼어요.");
    expect(html).toContain("잠시 뒤에 다시 시도하세요.");
    expect(html).toContain("<dt>코드</dt><dd>board.unavailable</dd>");
    expect(html).toContain("<dt>요청 번호</dt><dd>req-1</dd>");
    expect(html).toContain("다시 시도</button>");
  });

  test("shows no empty list of codes", () => {
    expect(renderToStaticMarkup(<ErrorState title="실패했어요" />)).not.toContain("<dl");
  });
});

describe("EmptyState and NoPermissionState", () => {
  test("are no alarms", () => {
    const empty = renderToStaticMarkup(<EmptyState title="아직 글이 없어요" headingLevel={3} action={<a href="/new">글쓰기</a>} />);
    expect(empty).toMatch(/<h3[^>]*>아직 글이 없어요<\/h3>/);
    expect(empty).toContain('<a href="/new">글쓰기</a>');
    expect(empty).not.toContain('role="alert"');
    const locked = renderToStaticMarkup(<NoPermissionState title="볼 권한이 없어요" headingLevel={1} room="page" />);
    expect(locked).toMatch(/<h1[^>]*>볼 권한이 없어요<\/h1>/);
    expect(locked).not.toContain('role="alert"');
  });
});

test("PageHeader has one h1 and keeps its actions from the printer", () => {
  const html = renderToStaticMarkup(<PageHeader title="자유게시판" action={<button type="button">글쓰기</button>} />);
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html).toMatch(/data-print="hidden"><button type="button">글쓰기/);
  expect(renderToStaticMarkup(<PageHeader title="자유게시판" />)).not.toContain("data-print");
});

test("SkeletonList says that it loads and draws as many bones as asked", () => {
  const html = renderToStaticMarkup(<SkeletonList shape="rows" count={5} label="불러오는 중" />);
  expect(html).toContain('aria-busy="true" aria-label="불러오는 중"');
  expect(html.match(/aria-hidden="true"/g)).toHaveLength(5);
});
