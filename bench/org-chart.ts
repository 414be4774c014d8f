import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumFlags, findChromium } from "../scripts/stack/chromium.mjs";
import { type Instance, signInOnWeb } from "./instance";
import { median } from "./load";
import { atMost, type Line } from "./report";

/** How many people stand in the chart that is measured, beside those of the demo. */
export const CHART_PEOPLE = 5_000;
const VISITS = 5;
const MOVES = 120;
const A_FRAME_MS = 1_000 / 60;
/** How long a frame may take until somebody sees the movement stop. */
const SMOOTH_MS = 34;

const TREE = { what: "tree", path: "/people/chart", drawn: "[role=treeitem]" } as const;
/** An ordinary page in the same browser and the same run: what of the time is the machine's and the frame's, and what the chart's. */
const BESIDE = { path: "/people", drawn: "a[href^='/people/']" } as const;
const PICTURE = { what: "picture", path: "/people/chart?view=picture", drawn: "section a[href^='/departments/']" } as const;

const openPage = async (browser: Browser, origin: string, cookie: string): Promise<Page> => {
  const context = await browser.newContext({ locale: "ko-KR", viewport: { width: 1_440, height: 900 } });
  const cookies = cookie
    .split("; ")
    .map((pair) => ({ name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1), url: origin }));
  await context.addCookies(cookies);
  return context.newPage();
};

/** From the press of Enter in the address bar until the chart stands there and answers to the hand, with an empty cache. */
const timeToChart = async (page: Page, url: string, drawn: string): Promise<number> => {
  await page.goto(url, { waitUntil: "commit" });
  const handle = await page.waitForFunction((selector) => {
    const alive = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactProps"));
    const lines = [...document.querySelectorAll(selector)];
    return lines.length >= 10 && lines.every(alive) ? performance.now() : false;
  }, drawn);
  return (await handle.jsonValue()) as number;
};

/** How long each frame took while `move` moved the page. */
const framesWhile = async (page: Page, move: () => Promise<void>): Promise<number[]> => {
  await page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const tick = (now: number) => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { maruFrames: frames });
  });
  await move();
  return page.evaluate(() => (window as unknown as { maruFrames: number[] }).maruFrames.slice(1));
};

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * part)] ?? Number.NaN;

const scrollTree = async (page: Page): Promise<void> => {
  await page.mouse.move(800, 600);
  for (let count = 0; count < MOVES; count += 1) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(A_FRAME_MS);
  }
};

const panPicture = async (page: Page): Promise<void> => {
  await page.mouse.move(900, 600);
  await page.mouse.down();
  for (let count = 0; count < MOVES; count += 1) {
    const turn = (count / MOVES) * 4 * Math.PI;
    await page.mouse.move(800 + 400 * Math.cos(turn), 550 + 200 * Math.sin(turn));
    await page.waitForTimeout(A_FRAME_MS);
  }
  await page.mouse.up();
};

const measureChart = async (browser: Browser, origin: string, cookie: string, chart: typeof TREE | typeof PICTURE): Promise<Line[]> => {
  const visit = async ({ path, drawn }: typeof chart | typeof BESIDE) => {
    const page = await openPage(browser, origin, cookie);
    const time = await timeToChart(page, origin + path, drawn);
    await page.context().close();
    return time;
  };
  const times: number[] = [];
  const timesBeside: number[] = [];
  for (let count = 0; count < VISITS; count += 1) {
    times.push(await visit(chart));
    timesBeside.push(await visit(BESIDE));
  }
  const page = await openPage(browser, origin, cookie);
  await timeToChart(page, origin + chart.path, chart.drawn);
  if (chart === TREE) await page.getByRole("button", { name: "모두 펼치기" }).click();
  const frames = await framesWhile(page, () => (chart === TREE ? scrollTree(page) : panPicture(page)));
  const note = ` (p50 ${percentile(frames, 0.5).toFixed(1)}, p99 ${percentile(frames, 0.99).toFixed(1)} ms, ${frames.length} frames)`;
  await page.context().close();
  const beside = ` (${BESIDE.path} in the same run ${median(timesBeside).toFixed(0)} ms)`;
  return [
    atMost(`org chart of ${CHART_PEOPLE.toLocaleString("en")} people, ${chart.what}: opened`, median(times), 1_000, " ms", beside),
    atMost(`org chart, ${chart.what}: p95 of a frame while it moves`, percentile(frames, 0.95), SMOOTH_MS, " ms", note),
  ];
};

/** How long one waits for the chart of a large organisation in a browser that has never been here, and how smoothly it moves. */
export const measureOrgChart = async (instance: Instance): Promise<Line[]> => {
  const cookie = await signInOnWeb(instance.origin, "hong");
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: chromiumFlags });
  try {
    return [
      ...(await measureChart(browser, instance.origin, cookie, TREE)),
      ...(await measureChart(browser, instance.origin, cookie, PICTURE)),
    ];
  } finally {
    await browser.close();
  }
};
