import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "@playwright/test";

/** What the list of a board costs a browser that has never been here. */
export type WebPage = {
  /** Every byte of JavaScript as it crossed the wire, that of the worker which tabs share included. */
  readonly javascriptKib: number;
  /** How far things moved while the page came, on a processor a quarter as fast. */
  readonly cls: number;
  /** When its largest part was there, on a processor a quarter as fast. */
  readonly lcpMs: number;
};

const PATH = "/boards/free";
const SLOWER = 4;
/** Nothing more may come or move for this long before a page counts as finished. */
const SETTLED_MS = 1_500;
/** A new window of Chromium loads pages of its own (a new tab, the address bar's list), on the processor that is to be measured. */
const CHROMIUM_RESTS_MS = 2_000;

const openContext = async (browser: Browser, origin: string, cookie: string, proxy?: { server: string }): Promise<BrowserContext> => {
  const context = await browser.newContext({ locale: "ko-KR", viewport: { width: 1_440, height: 900 }, ...(proxy ? { proxy } : {}) });
  const cookies = cookie
    .split("; ")
    .map((pair) => ({ name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1), url: origin }));
  await context.addCookies(cookies);
  return context;
};

const visit = async (page: Page, origin: string): Promise<void> => {
  await page.goto(origin + PATH, { waitUntil: "load" });
  if (!page.url().endsWith(PATH)) throw new Error(`the browser was led to ${page.url()}: the cookie opens no session`);
  await page.waitForTimeout(SETTLED_MS);
};

/** A proxy between browser and server that weighs scripts: a page's own tools do not see what its workers load. */
const openScales = async () => {
  let bytes = 0;
  const server = createServer((incoming, outgoing) => {
    const { hostname, port, pathname, search } = new URL(incoming.url ?? "");
    const onward = request({ host: hostname, port, method: incoming.method, path: pathname + search, headers: incoming.headers });
    onward.once("response", (answer) => {
      const isScript = answer.headers["content-type"]?.includes("javascript") ?? false;
      answer.on("data", (chunk: Buffer) => {
        if (isScript) bytes += chunk.length;
      });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once("error", () => outgoing.destroy());
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    proxy: { server: `http://127.0.0.1:${port}` },
    weighedBytes: () => bytes,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const weigh = async (browser: Browser, origin: string, cookie: string): Promise<number> => {
  const scales = await openScales();
  const context = await openContext(browser, origin, cookie, scales.proxy);
  try {
    await visit(await context.newPage(), origin);
    return scales.weighedBytes() / 1_024;
  } finally {
    await context.close();
    scales.close();
  }
};

type Shift = PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean };

const watchPage = (): void => {
  const seen = { cls: 0, lcpMs: 0 };
  Object.assign(window, { maruSeen: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    seen.lcpMs = list.getEntries().at(-1)?.startTime ?? seen.lcpMs;
  }).observe({ type: "largest-contentful-paint", buffered: true });
};

const look = async (browser: Browser, origin: string, cookie: string): Promise<Pick<WebPage, "cls" | "lcpMs">> => {
  const context = await openContext(browser, origin, cookie);
  try {
    const page = await context.newPage();
    await page.waitForTimeout(CHROMIUM_RESTS_MS);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(watchPage);
    await visit(page, origin);
    return await page.evaluate(() => (window as unknown as { maruSeen: { cls: number; lcpMs: number } }).maruSeen);
  } finally {
    await context.close();
  }
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Visits the list of posts with a cold cache: the worst shift of a few visits, the median of the times. `cookie` opens a session. */
export const visitWebPage = async (browser: Browser, origin: string, cookie: string, visits = 5): Promise<WebPage> => {
  const javascriptKib = await weigh(browser, origin, cookie);
  const looks: Pick<WebPage, "cls" | "lcpMs">[] = [];
  for (let count = 0; count < visits; count += 1) looks.push(await look(browser, origin, cookie));
  return { javascriptKib, cls: Math.max(...looks.map(({ cls }) => cls)), lcpMs: median(looks.map(({ lcpMs }) => lcpMs)) };
};
