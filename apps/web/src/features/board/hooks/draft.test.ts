import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DraftSaver, SERVER_DELAY_MS, SERVER_PATIENCE_MS } from "./draft-saver";
import { chooseStart, type DraftText, type LocalDraft, type PublishedText, type ServerDraft } from "./draft-start";

const body = (words: string) => ({ type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: words }] }] });
const text = (words: string): DraftText => ({ title: words, body: body(words), attachments: [] });
const server = (words: string, savedAt = "2026-11-20T05:00:00.000Z", baseVersion: number | null = null): ServerDraft => ({
  ...text(words),
  baseVersion,
  savedAt,
});
const local = (words: string, rest: Partial<LocalDraft> = {}): LocalDraft => ({
  ...text(words),
  baseVersion: null,
  savedAt: "2026-11-20T05:00:05.000Z",
  continues: null,
  isSynced: false,
  ...rest,
});
const post = (words: string, version = 3): PublishedText => ({ ...text(words), version });
const none = { server: null, local: null, post: null };

describe("the text that an editor opens with", () => {
  it("is empty for a new post, and the post for an edit", () => {
    expect(chooseStart(none)).toMatchObject({ source: "nothing", savedAt: null, baseVersion: null });
    expect(chooseStart({ ...none, post: post("글") })).toMatchObject({ source: "post", baseVersion: 3, savedAt: null });
  });

  it("is the server's copy on another device", () => {
    expect(chooseStart({ ...none, server: server("초안") })).toMatchObject({ source: "server", text: { title: "초안" }, other: null });
  });

  it("is the browser's copy when a tab was closed before the last save", () => {
    const found = { ...none, server: server("초안"), local: local("초안을 더", { continues: "2026-11-20T05:00:00.000Z" }) };
    expect(chooseStart(found)).toMatchObject({ source: "browser", text: { title: "초안을 더" }, other: null });
    expect(chooseStart({ ...none, local: local("처음") })).toMatchObject({ source: "browser", continues: null });
  });

  it("is the server's when both went on, and the browser's is offered beside it", () => {
    const found = {
      ...none,
      server: server("집에서", "2026-11-20T09:00:00.000Z"),
      local: local("회사에서", { continues: "2026-11-20T05:00:00.000Z" }),
    };
    expect(chooseStart(found)).toMatchObject({
      source: "server",
      text: { title: "집에서" },
      other: { source: "browser", text: { title: "회사에서" } },
    });
  });

  it("offers nothing twice when both hold the same words", () => {
    const found = { ...none, server: server("같은 글"), local: local("같은 글", { continues: "elsewhere" }) };
    expect(chooseStart(found)).toMatchObject({ source: "server", other: null });
  });

  it("forgets a copy that the server knew and no longer has, not one that it never saw", () => {
    expect(chooseStart({ ...none, local: local("올린 글", { isSynced: true, continues: "x" }) }).source).toBe("nothing");
    expect(chooseStart({ ...none, local: local("못 보낸 글", { continues: "x" }) })).toMatchObject({ source: "browser", continues: null });
  });

  it("keeps the version that an edit began from, so that somebody else's later version is noticed", () => {
    const found = { server: server("내 글", undefined, 2), local: null, post: post("남이 고친 글", 3) };
    expect(chooseStart(found)).toMatchObject({ source: "server", baseVersion: 2 });
  });

  it("takes no draft that says the same as the post, and no blank one", () => {
    expect(chooseStart({ server: server("글"), local: null, post: post("글") }).source).toBe("post");
    const blank = { title: " ", body: { type: "doc" as const, content: [{ type: "paragraph" }] }, attachments: [] };
    expect(chooseStart({ ...none, server: { ...blank, baseVersion: null, savedAt: "x" } }).source).toBe("nothing");
  });
});

describe("saving while somebody writes", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-11-20T05:00:00Z") });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const writer = (answer: () => Promise<{ savedAt: string } | null> = async () => ({ savedAt: new Date().toISOString() })) => {
    const desk = { words: "", toServer: [] as string[], toBrowser: [] as LocalDraft[] };
    const saver = new DraftSaver({
      read: () => text(desk.words),
      saveToServer: (draft) => {
        desk.toServer.push(draft.title);
        return answer();
      },
      saveToBrowser: (draft) => desk.toBrowser.push(draft),
      baseVersion: null,
      continues: null,
    });
    const type = (words: string) => {
      desk.words = words;
      saver.touch();
    };
    return { desk, saver, type };
  };

  it("writes to the browser almost at once and to the server after a pause", async () => {
    const { desk, saver, type } = writer();
    type("가");
    await vi.advanceTimersByTimeAsync(250);
    expect(desk.toBrowser.map(({ title, isSynced }) => [title, isSynced])).toEqual([["가", false]]);
    expect(desk.toServer).toEqual([]);
    await vi.advanceTimersByTimeAsync(SERVER_DELAY_MS);
    expect(desk.toServer).toEqual(["가"]);
    expect(saver.status()).toMatchObject({ name: "saved" });
    expect(desk.toBrowser.at(-1)).toMatchObject({ title: "가", isSynced: true, continues: "2026-11-20T05:00:01.500Z" });
  });

  it("does not wait for ever for a writer who never pauses", async () => {
    const { desk, type } = writer();
    for (let stroke = 0; stroke < 24; stroke += 1) {
      type(`글자 ${stroke}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(desk.toServer.length).toBeGreaterThanOrEqual(1);
    expect(24 * 500).toBeLessThan(SERVER_PATIENCE_MS * 1.5);
  });

  it("saves what was written during a save after it, never at the same time", async () => {
    const answers: ((value: { savedAt: string }) => void)[] = [];
    const { desk, saver, type } = writer(() => new Promise((resolve) => answers.push(resolve)));
    type("하나");
    await vi.advanceTimersByTimeAsync(SERVER_DELAY_MS);
    type("하나 둘");
    await vi.advanceTimersByTimeAsync(SERVER_DELAY_MS * 2);
    expect(desk.toServer).toEqual(["하나"]);
    answers[0]?.({ savedAt: "2026-11-20T05:00:02Z" });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.toServer).toEqual(["하나", "하나 둘"]);
    answers[1]?.({ savedAt: "2026-11-20T05:00:05Z" });
    await vi.advanceTimersByTimeAsync(0);
    expect(saver.status()).toEqual({ name: "saved", savedAt: "2026-11-20T05:00:05Z" });
  });

  it("keeps the browser's copy and tries again while the server is away", async () => {
    let isAway = true;
    const { desk, saver, type } = writer(async () => {
      if (isAway) throw new Error("away");
      return { savedAt: "2026-11-20T06:00:00Z" };
    });
    type("잃을 수 없는 글");
    await vi.advanceTimersByTimeAsync(SERVER_DELAY_MS);
    expect(saver.status().name).toBe("failed");
    expect(desk.toBrowser.at(-1)).toMatchObject({ title: "잃을 수 없는 글", isSynced: false });
    isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(saver.status().name).toBe("saved");
  });

  it("writes nothing after it was stopped, and waits for the save that is under way", async () => {
    const answers: ((value: { savedAt: string }) => void)[] = [];
    const { desk, saver, type } = writer(() => new Promise((resolve) => answers.push(resolve)));
    type("올릴 글");
    await vi.advanceTimersByTimeAsync(SERVER_DELAY_MS);
    let hasStopped = false;
    const stopping = saver.stop().then(() => {
      hasStopped = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(hasStopped).toBe(false);
    const copies = desk.toBrowser.length;
    answers[0]?.({ savedAt: "2026-11-20T05:00:02Z" });
    await stopping;
    type("늦은 글자");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(desk.toServer).toEqual(["올릴 글"]);
    expect(desk.toBrowser).toHaveLength(copies);
  });

  it("saves at once when it is told to, and has nothing to do when nothing changed", async () => {
    const { desk, saver, type } = writer();
    await saver.flush();
    expect(desk.toServer).toEqual([]);
    type("지금");
    await saver.flush();
    expect(desk.toServer).toEqual(["지금"]);
    expect(desk.toBrowser[0]).toMatchObject({ title: "지금", isSynced: false });
  });
});
