// The first that matches is it: browsers carry the names of those that they want to be taken for, so the particular stand before the general.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bWhale\//, "Whale"],
  [/\bKAKAOTALK\b/, "KakaoTalk"],
  [/\bNAVER\(/, "NAVER"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/[\d.]+ .*Safari\//, "Safari"],
  [/^curl\//, "curl"],
  [/^Python|^python-/, "Python"],
  [/^node\b|^undici\b/, "Node.js"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, "Windows"],
  [/\biPad\b/, "iPadOS"],
  [/\biPhone\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const first = (names: readonly (readonly [RegExp, string])[], text: string): string | null =>
  names.find(([pattern]) => pattern.test(text))?.[1] ?? null;

export type Device = { readonly browser: string | null; readonly system: string | null };

/**
 * Browser and system by the names that a User-Agent header gives itself. It only helps people to know their own sessions again: nothing is
 * decided by it, so nobody needs a library that knows every telephone.
 */
export const readDevice = (userAgent: string | null): Device => ({
  browser: first(BROWSERS, userAgent ?? ""),
  system: first(SYSTEMS, userAgent ?? ""),
});
