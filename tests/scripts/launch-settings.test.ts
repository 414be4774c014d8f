import { describe, expect, it } from "vitest";
import { readLaunchSettings } from "../../scripts/stack/launch-settings.mjs";

describe("launch settings", () => {
  it("need nothing to be set", async () => {
    expect(await readLaunchSettings({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      url: "http://127.0.0.1:3000",
      isLoopback: true,
      isDemo: true,
      databaseUrl: null,
      redisUrl: null,
      remarks: [],
    });
  });

  it("take the one origin from MARU_URL, without a slash at its end", async () => {
    expect((await readLaunchSettings({ MARU_URL: "https://maru.example.com/" })).url).toBe("https://maru.example.com");
  });

  it("leave the demo off for a database of one's own, unless it is asked for", async () => {
    const DATABASE_URL = "postgresql://db.example.com/maru";
    expect((await readLaunchSettings({ DATABASE_URL })).isDemo).toBe(false);
    expect((await readLaunchSettings({ DATABASE_URL, MARU_DEMO: "1" })).isDemo).toBe(true);
    expect((await readLaunchSettings({ MARU_DEMO: "0" })).isDemo).toBe(false);
  });

  it.each(["0.0.0.0", "192.168.0.10", "::", "intranet.example.com"])("never run the demo on %s, and say so", async (MARU_HOST) => {
    const settings = await readLaunchSettings({ MARU_HOST, MARU_DEMO: "1" });
    expect(settings.isDemo).toBe(false);
    expect(settings.remarks.join()).toContain(MARU_HOST);
  });

  it.each(["http", "-1", "65536", "3000.5"])("refuse PORT=%s with one sentence", async (PORT) => {
    await expect(readLaunchSettings({ PORT })).rejects.toThrow(`PORT=${PORT} is not a port`);
  });
});
