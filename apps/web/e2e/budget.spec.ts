import { visitWebPage } from "../../../bench/web-visits";
import { stage } from "./stage/env";
import { expect, test } from "./stage/test";

const JAVASCRIPT_KIB = 240;
const SHIFT = 0.02;

// Times belong to the bench: here they are printed, and only what does not depend on the machine is held against its budget.
test("the list of posts is light and stands still", async ({ browser, open }) => {
  const { context } = await open("hong");
  const cookie = (await context.cookies(stage.url())).map(({ name, value }) => `${name}=${value}`).join("; ");
  const { javascriptKib, cls, lcpMs } = await visitWebPage(browser, stage.url(), cookie, 1);
  console.log(`    JavaScript ${javascriptKib.toFixed(1)} KiB, CLS ${cls.toFixed(4)}, LCP ${Math.round(lcpMs)} ms under a 4x slow-down`);
  expect(javascriptKib).toBeGreaterThan(50);
  expect(javascriptKib).toBeLessThanOrEqual(JAVASCRIPT_KIB);
  expect(cls).toBeLessThanOrEqual(SHIFT);
});
