/** What sessions and refresh families should do, in a hundred lines that know no database: the proof compares the two after each step. */

export const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
const ACCESS = 15 * 60 * SECOND;
const WEB = 12 * 60 * 60 * SECOND;
const IDLE = 7 * DAY;
const ABSOLUTE = 30 * DAY;
const REPEAT = 10 * SECOND;

type Link = { readonly token: string; rotatedAt: number | null };
type Access = { readonly token: string; readonly expiresAt: number };
export type ModelSession = {
  readonly id: string;
  readonly owner: number;
  readonly kind: "WEB" | "API";
  readonly createdAt: number;
  expiresAt: number;
  isEnded: boolean;
  /** The chain of refresh tokens, the newest last. */
  readonly links: Link[];
  readonly accessTokens: Access[];
};
/** What a refresh comes to: the next link, the link that was given already, a refusal, or a refusal that ends the family. */
export type Verdict = "rotated" | "repeated" | "refused" | "stolen";

export class SessionModel {
  readonly sessions: ModelSession[] = [];
  readonly #active: boolean[];
  now: number;
  stolen = 0;

  constructor(people: number, now: number) {
    this.#active = Array.from({ length: people }, () => true);
    this.now = now;
  }

  isActive(person: number): boolean {
    return this.#active[person] === true;
  }

  setActive(person: number, isActive: boolean): void {
    this.#active[person] = isActive;
  }

  isOpen(session: ModelSession): boolean {
    return !session.isEnded && session.expiresAt > this.now && this.isActive(session.owner);
  }

  openOf(person: number): ModelSession[] {
    return this.sessions.filter((session) => session.owner === person && this.isOpen(session));
  }

  signIn(owner: number, kind: "WEB" | "API", given: { id: string; token: string; refreshToken: string | null }): void {
    const { now } = this;
    const links = given.refreshToken === null ? [] : [{ token: given.refreshToken, rotatedAt: null }];
    const accessTokens = [{ token: given.token, expiresAt: now + (kind === "WEB" ? WEB : ACCESS) }];
    const expiresAt = now + (kind === "WEB" ? WEB : IDLE);
    this.sessions.push({ id: given.id, owner, kind, createdAt: now, expiresAt, isEnded: false, links, accessTokens });
  }

  /** What a refresh with the link of this place should come to now. */
  judge(session: ModelSession, place: number): Verdict {
    const link = session.links[place];
    if (!link || !this.isOpen(session)) return "refused";
    if (link.rotatedAt === null) return "rotated";
    const isJustRotated = place === session.links.length - 2 && this.now - link.rotatedAt <= REPEAT;
    return isJustRotated ? "repeated" : "stolen";
  }

  rotate(session: ModelSession, next: { accessToken: string; refreshToken: string }): void {
    const newest = session.links.at(-1);
    if (newest) newest.rotatedAt = this.now;
    session.links.push({ token: next.refreshToken, rotatedAt: null });
    session.expiresAt = Math.min(this.now + IDLE, session.createdAt + ABSOLUTE);
    this.give(session, next.accessToken);
  }

  give(session: ModelSession, accessToken: string): void {
    session.accessTokens.push({ token: accessToken, expiresAt: Math.min(this.now + ACCESS, session.expiresAt) });
  }

  steal(session: ModelSession): void {
    session.isEnded = true;
    this.stolen += 1;
  }

  isGood(session: ModelSession, access: Access): boolean {
    return this.isOpen(session) && access.expiresAt > this.now;
  }
}
