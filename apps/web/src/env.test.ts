import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findUnsafe, webEnvShape } from "./env";

const example = readFileSync(fileURLToPath(new URL("../../../.env.example", import.meta.url)), "utf8");
const minimal = {
  DATABASE_URL: "postgresql://maru@127.0.0.1/maru",
  REDIS_URL: "redis://127.0.0.1",
  MARU_DATA_DIR: ".maru",
  MARU_SECRET: "x".repeat(32),
};
const read = (changes: Record<string, string>) => z.object(webEnvShape).safeParse({ ...minimal, ...changes });

describe(".env.example", () => {
  it("names everything that the web process reads, each with a word before it", () => {
    const lines = example.split("\n");
    for (const name of Object.keys(webEnvShape)) {
      const at = lines.findIndex((line) => line.startsWith(`#${name}=`));
      expect([name, at > 0 && /^# \w/.test(lines[at - 1] as string)]).toEqual([name, true]);
    }
  });

  it("says what each is for in the shape, too", () => {
    for (const [name, schema] of Object.entries(webEnvShape)) expect([name, Boolean(schema.description)]).toEqual([name, true]);
  });
});

describe("the environment", () => {
  it("needs little", () => {
    expect(read({}).data).toMatchObject({
      PORT: 3000,
      MARU_HOST: "127.0.0.1",
      MARU_DEMO: false,
      MARU_WRITES_PER_MINUTE: 60,
      MARU_TRUSTED_PROXY: [],
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ MARU_SECRET: "short" }, "MARU_SECRET"],
    [{ MARU_URL: "maru.example.com" }, "MARU_URL"],
    [{ MARU_URL: "https://maru.example.com/path" }, "MARU_URL"],
    [{ MARU_URL: "javascript:alert(1)" }, "MARU_URL"],
    [{ MARU_TRUSTED_PROXY: "10.0.0.0/99" }, "MARU_TRUSTED_PROXY"],
    [{ MARU_TRUSTED_PROXY: "nginx" }, "MARU_TRUSTED_PROXY"],
    [{ MARU_CORS_ORIGINS: "*" }, "MARU_CORS_ORIGINS"],
    [{ PORT: "70000" }, "PORT"],
    [{ MARU_METRICS_TOKEN: "short" }, "MARU_METRICS_TOKEN"],
    [{ MARU_LOGIN_KAKAO: "an id without its secret" }, "MARU_LOGIN_KAKAO"],
    [{ MARU_ENTRA_ISSUER: "http://login.example.com" }, "MARU_ENTRA_ISSUER"],
  ])("refuses %j", (changes, name) => {
    const parsed = read(changes);
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(name);
  });

  it("reads how Maru is registered elsewhere; a secret may hold what parts it from the id", () => {
    expect(read({ MARU_LOGIN_GITHUB: "Iv1.1:a:b" }).data).toMatchObject({ MARU_LOGIN_GITHUB: { clientId: "Iv1.1", clientSecret: "a:b" } });
  });

  it("reads lists", () => {
    expect(read({ MARU_TRUSTED_PROXY: "10.0.0.1, 10.1.0.0/16 fd00::/8", MARU_CORS_ORIGINS: "https://a.example/" }).data).toMatchObject({
      MARU_TRUSTED_PROXY: ["10.0.0.1", "10.1.0.0/16", "fd00::/8"],
      MARU_CORS_ORIGINS: ["https://a.example"],
    });
  });
});

describe("findUnsafe", () => {
  const safe = { isDemo: false, host: "127.0.0.1", origin: "http://127.0.0.1:3000", trustedProxies: [] };

  it.each([
    ["loopback", safe, 0],
    ["the demo on loopback", { ...safe, isDemo: true }, 0],
    ["the demo on a network", { ...safe, isDemo: true, host: "0.0.0.0", origin: "https://maru.example.com" }, 1],
    ["http on a network", { ...safe, host: "0.0.0.0" }, 1],
    ["http behind a proxy", { ...safe, host: "0.0.0.0", trustedProxies: ["10.0.0.1"] }, 0],
    ["https on a network", { ...safe, host: "0.0.0.0", origin: "https://maru.example.com" }, 0],
    ["Entra without the company's issuer", { ...safe, federation: { entra: {} } }, 1],
    ["Entra with it", { ...safe, federation: { entra: { issuer: "https://login.microsoftonline.com/1/v2.0" } } }, 0],
  ])("%s", (_name, settings, sentences) => expect(findUnsafe(settings)).toHaveLength(sentences));
});
