import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { theme } from "../theme/theme";
import { UploadProgress, type UploadProgressProps } from "./upload-progress";

function draw(props: Pick<UploadProgressProps, "state"> & Partial<UploadProgressProps>): string {
  return renderToStaticMarkup(
    <MantineProvider theme={theme}>
      <UploadProgress fileName="사진.jpg" statusText="올리는 중 42%" labels={{ cancel: "취소", retry: "다시 시도" }} {...props} />
    </MantineProvider>,
  );
}

const stop = () => undefined;

test("tells how far it is, in numbers and in words", () => {
  const html = draw({ state: "uploading", percent: 42, onCancel: stop });
  expect(html).toMatch(/role="progressbar"[^>]*aria-valuenow="42"/);
  expect(html).toContain('aria-valuetext="올리는 중 42%"');
  expect(html).toContain('aria-label="취소: 사진.jpg"');
  expect(html).not.toContain('role="status"');
});

test("does not count where the end is unknown, and never beyond the whole", () => {
  expect(draw({ state: "processing", percent: 42 })).not.toContain("aria-valuenow");
  expect(draw({ state: "uploading", percent: 140 })).toContain('aria-valuenow="100"');
  expect(draw({ state: "failed", percent: 30 })).toContain("inline-size:30%");
});

test("announces the end, and offers a way on only where there is one", () => {
  const failed = draw({ state: "failed", statusText: "크기가 너무 커요", onRetry: stop, onCancel: stop });
  expect(failed).toMatch(/role="status">크기가 너무 커요/);
  expect(failed).toContain('aria-label="다시 시도: 사진.jpg"');
  const done = draw({ state: "done", statusText: "올렸어요", onRetry: stop, onCancel: stop });
  expect(done).toContain("올렸어요");
  expect(done).not.toContain("<button");
});
