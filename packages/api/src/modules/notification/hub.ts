import type { Sql } from "@maru/db/client";
import type { Queryable } from "@maru/db/prepared";
import type { Clock } from "@maru/platform/clock";
import type { Hints } from "@maru/platform/hints";
import type { Log } from "@maru/platform/log";
import { listOpenSessions, SESSION_HINT } from "../identity/service";
import { type InboxView, notificationErrors } from "./contract";
import { INBOX_HINT } from "./domain";
import { inboxesOf, type NotificationRow, notificationsAfter } from "./queries";

/** How often everything is looked at although no hint came: hints are lost while Redis is away. */
const SWEEP_MS = 5_000;
/** Hints that come together are answered together. */
const GATHER_MS = 5;
const MAX_STREAMS = 5_000;
const BATCH = 500;
const PAGE = 100;

type Visitor = { readonly personId: string; readonly sessionId: string | null; readonly endsAt: Date };

/** One open stream's seat in the hub. */
export type Seat = {
  /** The inbox once something happened to it, or null when the stream shall end. One caller at a time. */
  next(): Promise<InboxView | null>;
  leave(): void;
};

type Member = Visitor & { news: InboxView | null; known: InboxView | null; hasEnded: boolean; wake: (() => void) | null };
type Reading = {
  readonly personId: string;
  readonly afterSeq: number;
  readonly resolve: (rows: NotificationRow[]) => void;
  readonly reject: (error: unknown) => void;
};

type HubOptions = { readonly pool: Queryable; readonly sql: Sql; readonly hints: Hints; readonly log: Log; readonly now: Clock };

/**
 * Where the streams of a process meet: it reads the database once for all of them, when a hint comes and every few seconds. A stream takes its
 * seat before anything is read, so that nothing falls between reading and listening.
 */
export class Hub {
  readonly #options: HubOptions;
  readonly #members = new Map<string, Set<Member>>();
  #size = 0;
  #dirty = new Map<string, boolean>();
  #isFlushing = false;
  #gathering: NodeJS.Timeout | null = null;
  #readings: Reading[] = [];
  #stopListening: (() => void) | null = null;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes a seat. The inbox as it is now comes as the first news. */
  join(visitor: Visitor): Seat {
    if (this.#size >= MAX_STREAMS) throw notificationErrors.tooManyStreams();
    const member: Member = { ...visitor, news: null, known: null, hasEnded: false, wake: null };
    const members = this.#members.get(visitor.personId) ?? new Set();
    this.#members.set(visitor.personId, members.add(member));
    this.#size += 1;
    this.#stopListening ??= this.#listen();
    this.#markDirty(visitor.personId, false);
    return { next: () => this.#next(member), leave: () => this.#remove(member) };
  }

  /** The notifications behind a place, in order, at most a page of them. Readings that are asked for together are one statement. */
  readAfter(personId: string, afterSeq: number): Promise<NotificationRow[]> {
    return new Promise((resolve, reject) => {
      this.#readings.push({ personId, afterSeq, resolve, reject });
      if (this.#readings.length === 1) setImmediate(() => void this.#read());
    });
  }

  #listen(): () => void {
    const { hints } = this.#options;
    const stopInbox = hints.subscribe(INBOX_HINT, (personId) => {
      if (this.#members.has(personId)) this.#markDirty(personId, true);
    });
    const stopSession = hints.subscribe(SESSION_HINT, () => void this.#checkSessions());
    const sweep = setInterval(() => {
      for (const personId of this.#members.keys()) this.#markDirty(personId, false);
      void this.#checkSessions();
    }, SWEEP_MS);
    sweep.unref();
    return () => {
      stopInbox();
      stopSession();
      clearInterval(sweep);
    };
  }

  async #next(member: Member): Promise<InboxView | null> {
    if (!member.news && !member.hasEnded) {
      await new Promise<void>((resolve) => {
        member.wake = resolve;
      });
    }
    const { news } = member;
    member.news = null;
    return member.hasEnded ? null : news;
  }

  #wake(member: Member): void {
    const { wake } = member;
    member.wake = null;
    wake?.();
  }

  #remove(member: Member): void {
    const members = this.#members.get(member.personId);
    if (!members?.delete(member)) return;
    this.#size -= 1;
    member.hasEnded = true;
    this.#wake(member);
    if (members.size === 0) this.#members.delete(member.personId);
    if (this.#size > 0) return;
    this.#stopListening?.();
    this.#stopListening = null;
  }

  // `isNews`: a hint said so. Then the streams are told even when the badge has not changed: something was read.
  #markDirty(personId: string, isNews: boolean): void {
    this.#dirty.set(personId, isNews || this.#dirty.get(personId) === true);
    this.#gathering ??= setTimeout(() => void this.#flush(), GATHER_MS);
  }

  // One at a time, so that an older reading never comes after a newer one.
  async #flush(): Promise<void> {
    this.#gathering = null;
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    while (this.#dirty.size > 0) {
      const dirty = this.#dirty;
      this.#dirty = new Map();
      const personIds = [...dirty.keys()].filter((personId) => this.#members.has(personId));
      for (let from = 0; from < personIds.length; from += BATCH) {
        const batch = personIds.slice(from, from + BATCH);
        // What could not be read now is read by the next sweep.
        const rows = await inboxesOf(this.#options.pool, { personIds: batch }).catch((error: Error) => this.#complain(error));
        if (!rows) continue;
        const found = new Map(rows.map((row) => [row.person_id, row]));
        for (const personId of batch) {
          const row = found.get(personId);
          this.#deliver(personId, { unseen: row?.unseen ?? 0, lastSeq: row?.last_seq ?? 0 }, dirty.get(personId) === true);
        }
      }
    }
    this.#isFlushing = false;
  }

  #deliver(personId: string, inbox: InboxView, isNews: boolean): void {
    for (const member of this.#members.get(personId) ?? []) {
      const { known } = member;
      if (!isNews && known && known.unseen === inbox.unseen && known.lastSeq === inbox.lastSeq) continue;
      member.known = inbox;
      member.news = inbox;
      this.#wake(member);
    }
  }

  async #read(): Promise<void> {
    const readings = this.#readings;
    this.#readings = [];
    for (let from = 0; from < readings.length; from += BATCH) {
      const batch = readings.slice(from, from + BATCH);
      const places = { personIds: batch.map(({ personId }) => personId), afterSeqs: batch.map(({ afterSeq }) => afterSeq), limit: PAGE };
      try {
        const rows = await notificationsAfter(this.#options.pool, places);
        const byPlace = new Map<number, NotificationRow[]>();
        for (const row of rows) {
          const own = byPlace.get(row.place_no);
          if (own) own.push(row);
          else byPlace.set(row.place_no, [row]);
        }
        for (const [index, reading] of batch.entries()) reading.resolve(byPlace.get(index + 1) ?? []);
      } catch (error) {
        for (const reading of batch) reading.reject(error);
      }
    }
  }

  async #checkSessions(): Promise<void> {
    const members = [...this.#members.values()].flatMap((people) => [...people]);
    const now = this.#options.now();
    for (const member of members) if (member.endsAt <= now) this.#remove(member);
    const withSession = members.filter(({ sessionId, hasEnded }) => sessionId !== null && !hasEnded);
    const sessionIds = [...new Set(withSession.map(({ sessionId }) => sessionId ?? ""))];
    for (let from = 0; from < sessionIds.length; from += BATCH) {
      const batch = sessionIds.slice(from, from + BATCH);
      const open = await listOpenSessions(this.#options, batch, now).catch((error: Error) => this.#complain(error));
      if (!open) return;
      const asked = new Set(batch);
      for (const member of withSession) {
        const id = member.sessionId ?? "";
        if (asked.has(id) && !open.has(id)) this.#remove(member);
      }
    }
  }

  #complain(error: Error): null {
    this.#options.log.warn({ err: error.message }, "the streams could not be looked after; the next sweep tries again");
    return null;
  }
}

const hubs = new WeakMap<Hints, Hub>();

/** The one hub of a process: whoever shares the hint bus shares the hub. */
export const hubOf = (process: {
  readonly pool: Queryable;
  readonly sql: Sql;
  readonly log: Log;
  readonly now: Clock;
  readonly tools: { readonly hints: Hints };
}): Hub => {
  const { hints } = process.tools;
  const known = hubs.get(hints);
  if (known) return known;
  const hub = new Hub({ pool: process.pool, sql: process.sql, hints, log: process.log, now: process.now });
  hubs.set(hints, hub);
  return hub;
};
