import { describe, expect, it } from "vitest";
import { readDevice } from "./device";

const MOZILLA = "Mozilla/5.0";
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";

describe("readDevice", () => {
  it.each([
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, "Chrome", "Windows"],
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/141.0.0.0`, "Edge", "Windows"],
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Whale/4.33.325.17 Safari/537.36`, "Whale", "Windows"],
    [
      `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`,
      "Safari",
      "macOS",
    ],
    [`${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1`, "Safari", "iOS"],
    [`${MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/141.0.0.0 Mobile/15E148 Safari/604.1`, "Chrome", "iPadOS"],
    [
      `${MOZILLA} (Linux; Android 15; SM-S931N) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet",
      "Android",
    ],
    [`${MOZILLA} (Linux; Android 15) ${CHROME} Mobile Safari/537.36;KAKAOTALK 2410600`, "KakaoTalk", "Android"],
    [`${MOZILLA} (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0`, "Firefox", "Linux"],
    [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`, "Chrome", "ChromeOS"],
    ["curl/8.14.1", "curl", null],
    ["node", "Node.js", null],
    ["something else", null, null],
    ["", null, null],
    [null, null, null],
  ])("%s", (userAgent, browser, system) => expect(readDevice(userAgent)).toEqual({ browser, system }));
});
