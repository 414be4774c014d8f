import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LikeButton } from "./like-button";

test("the state is told by aria-pressed, the name stays the same", () => {
  const draw = (isLiked: boolean) =>
    renderToStaticMarkup(
      <MantineProvider>
        <LikeButton isLiked={isLiked} count={12} label="좋아요" />
      </MantineProvider>,
    );
  expect(draw(true)).toContain('aria-pressed="true"');
  expect(draw(false)).toContain('aria-pressed="false"');
  expect(draw(true)).toContain("<span>좋아요</span>");
  expect(draw(true)).toMatch(/>12<\/span>/);
});
