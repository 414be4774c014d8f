import type { StreamItem } from "@maru/api/notification/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleNotification } from "../testing/sample-notification";
import { makeHub } from "./hub";
import { openStreamCore, pauseAfter, type Subscribe } from "./stream-core";

type Connection = { readonly afterSeq: number; item(item: StreamItem): void; end(isSignedOut?: boolean): void; isOpen: boolean };

/** A server that remembers who connected, from where. */
const makeServer = () => {
  const connections: Connection[] = [];
  const subscribe: Subscribe = (afterSeq, on) => {
    const connection: Connection = { afterSeq, item: on.item, end: on.end, isOpen: true };
    connections.push(connection);
    const unsubscribe = () => {
      connection.isOpen = false;
    };
    return { unsubscribe };
  };
  return { connections, subscribe, last: () => connections.at(-1) as Connection };
};
const came = (seq: number): StreamItem => ({ type: "notification", notification: sampleNotification(seq), unseen: seq });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the stream of a browser", () => {
  it("resumes right behind what it has told, and tells nothing twice", () => {
    const server = makeServer();
    const told: number[] = [];
    openStreamCore({
      afterSeq: 5,
      subscribe: server.subscribe,
      onItem: (item) => item.type === "notification" && told.push(item.notification.seq),
    });
    expect(server.last().afterSeq).toBe(5);
    server.last().item(came(6));
    server.last().item(came(7));
    server.last().end();
    vi.advanceTimersByTime(60_000);
    expect(server.connections).toHaveLength(2);
    expect(server.last().afterSeq).toBe(7);
    server.last().item(came(7));
    server.last().item(came(8));
    expect(told).toEqual([6, 7, 8]);
  });

  it("tells every tab when the session has ended, and goes on asking", () => {
    const server = makeServer();
    const told: string[] = [];
    const hub = makeHub(server.subscribe);
    for (const tab of ["one", "two"])
      hub.hear({ send: ({ type }) => void told.push(`${tab} ${type}`) }, { type: "join", personId: "p", afterSeq: 0 });
    server.last().end();
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1_000);
    server.last().end(true);
    expect(told).toEqual(["one signed-out", "two signed-out"]);
    vi.advanceTimersByTime(60_000);
    expect(server.connections).toHaveLength(3);
  });

  it("waits longer each time, and not at all when the network comes back", () => {
    const server = makeServer();
    const core = openStreamCore({ afterSeq: 0, subscribe: server.subscribe, onItem: () => undefined });
    for (let attempt = 1; attempt <= 8; attempt++) {
      server.last().end();
      vi.advanceTimersByTime(10_000);
    }
    expect(server.connections).toHaveLength(9);
    server.last().end();
    core.wake();
    expect(server.connections).toHaveLength(10);
    core.wake();
    expect(server.connections).toHaveLength(10);
  });

  it("counts one end of a connection, whoever reports it", () => {
    const server = makeServer();
    openStreamCore({ afterSeq: 0, subscribe: server.subscribe, onItem: () => undefined });
    const [first] = server.connections;
    first?.end();
    first?.end();
    vi.advanceTimersByTime(60_000);
    expect(server.connections).toHaveLength(2);
  });

  it("is silent once closed", () => {
    const server = makeServer();
    const told: StreamItem[] = [];
    const core = openStreamCore({ afterSeq: 0, subscribe: server.subscribe, onItem: (item) => told.push(item) });
    core.close();
    expect(server.last().isOpen).toBe(false);
    server.last().item(came(1));
    server.last().end();
    vi.advanceTimersByTime(60_000);
    expect([told, server.connections.length]).toEqual([[], 1]);
  });

  it("pauses between a quarter of a second and ten", () => {
    expect(pauseAfter(0, 0)).toBe(250);
    expect(pauseAfter(0, 1)).toBe(500);
    expect(pauseAfter(30, 1)).toBe(10_000);
  });
});

describe("the hub of its tabs", () => {
  const tab = () => {
    const items: StreamItem[] = [];
    return { items, send: (item: StreamItem) => void items.push(item) };
  };
  const join = (personId: string, afterSeq: number) => ({ type: "join", personId, afterSeq }) as const;

  it("opens one stream for ten tabs and tells all of them", () => {
    const server = makeServer();
    const hub = makeHub(server.subscribe);
    const tabs = Array.from({ length: 10 }, tab);
    for (const each of tabs) hub.hear(each, join("hong", 3));
    server.last().item(came(4));
    expect(server.connections).toHaveLength(1);
    expect(tabs.map(({ items }) => items.length)).toEqual(Array(10).fill(1));
  });

  it("tells a newcomer where things stand", () => {
    const server = makeServer();
    const hub = makeHub(server.subscribe);
    hub.hear(tab(), join("hong", 3));
    server.last().item(came(9));
    const late = tab();
    hub.hear(late, join("hong", 8));
    expect(late.items).toEqual([{ type: "inbox", unseen: 9, lastSeq: 9 }]);
  });

  it("closes with its last tab and begins anew for somebody else", () => {
    const server = makeServer();
    const hub = makeHub(server.subscribe);
    const [first, second, other] = [tab(), tab(), tab()];
    hub.hear(first, join("hong", 1));
    hub.hear(second, join("hong", 1));
    hub.hear(first, { type: "leave" });
    expect(server.last().isOpen).toBe(true);
    hub.hear(other, join("kim", 40));
    expect(server.connections.map(({ isOpen, afterSeq }) => [isOpen, afterSeq])).toEqual([
      [false, 1],
      [true, 40],
    ]);
    server.last().item(came(41));
    expect([second.items.length, other.items.length]).toEqual([0, 1]);
    hub.hear(other, { type: "leave" });
    expect(server.last().isOpen).toBe(false);
  });
});
