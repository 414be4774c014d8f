import { newId } from "@maru/platform/crypto/id";
import { sql as raw } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import {
  directoryErrors,
  type orderStandingsInput,
  type StandingKind,
  type StandingsView,
  type StandingView,
  type saveStandingInput,
  type standingIdInput,
} from "../contract";
import { lockOrganisation, tellPeopleChanged } from "./roster-set";

/** Where each of the three lists stands. The mark of a position is none. */
const LISTS = {
  RANK: { table: "rank", mark: raw.ref("is_executive"), holders: raw`SELECT id AS person_id, rank_id AS held FROM person` },
  POSITION: { table: "position", mark: raw`false`, holders: raw`SELECT id AS person_id, position_id AS held FROM person` },
  TITLE: { table: "title", mark: raw.ref("is_head"), holders: raw`SELECT person_id, title_id AS held FROM affiliation` },
} as const;
const NOUNS = { RANK: "rank", POSITION: "position", TITLE: "title" } as const;

type Listed = StandingView & { readonly sortOrder: number };

const readList = async ({ sql }: Pick<Ctx | TxCtx, "sql">, kind: StandingKind): Promise<Listed[]> => {
  const { table, mark, holders } = LISTS[kind];
  const { rows } = await raw<Listed>`
    SELECT s.id, s.sort_order AS "sortOrder", s.name, s.name_en AS "nameEn", ${mark} AS "isMarked", coalesce(u.used, 0)::int AS "usedBy" FROM ${raw.table(table)} s
    LEFT JOIN (SELECT held, count(*) AS used FROM (${holders}) h GROUP BY held) u ON u.held = s.id
    ORDER BY s.sort_order, s.name`.execute(sql);
  return rows;
};

/** Ranks, positions and titles, each in its order, with how many have them. */
export const listStandings = async (ctx: Ctx): Promise<StandingsView> => {
  const [ranks, positions, titles] = await Promise.all([readList(ctx, "RANK"), readList(ctx, "POSITION"), readList(ctx, "TITLE")]);
  return { ranks, positions, titles };
};

/** Those who stand under it are shown with what it says of them. */
const tellHolders = async (tx: TxCtx, kind: StandingKind, ids: readonly string[]): Promise<void> => {
  const { holders } = LISTS[kind];
  const { rows } = await raw<{ person_id: string }>`
    SELECT DISTINCT person_id FROM (${holders}) h WHERE held = any(${[...ids]}::uuid[])`.execute(tx.sql);
  tellPeopleChanged(
    tx,
    rows.map(({ person_id }) => person_id),
  );
};

const ACTIONS = {
  save: { RANK: "directory.rank.save", POSITION: "directory.position.save", TITLE: "directory.title.save" },
  order: { RANK: "directory.rank.order", POSITION: "directory.position.order", TITLE: "directory.title.order" },
  remove: { RANK: "directory.rank.remove", POSITION: "directory.position.remove", TITLE: "directory.title.remove" },
} as const;

const record = (tx: TxCtx, deed: keyof typeof ACTIONS, kind: StandingKind, id: string, details: Readonly<Record<string, unknown>>): void =>
  tx.record({ action: ACTIONS[deed][kind], subjectType: `directory.${NOUNS[kind]}`, subjectId: id, details });

type Words = Pick<StandingView, "name" | "nameEn" | "isMarked">;

// Three tables of one shape but for the mark, each written as its own row.
const write = async (
  tx: TxCtx,
  kind: StandingKind,
  id: string,
  { name, nameEn, isMarked }: Words,
  sortOrder: number | null,
): Promise<void> => {
  const words = { name, nameEn, ...(sortOrder === null ? {} : { sortOrder }) };
  const row = (mark: object) => ({ where: { id }, create: { id, sortOrder: 0, ...words, ...mark }, update: { ...words, ...mark } });
  if (kind === "RANK") await tx.db.rank.upsert(row({ isExecutive: isMarked }));
  else if (kind === "TITLE") await tx.db.title.upsert(row({ isHead: isMarked }));
  else await tx.db.position.upsert(row({}));
};

/** Names a rank, a position or a title; without an id it is a new one, at the end of its list. Gives the id. */
export const saveStanding = (ctx: Ctx, { kind, id, ...words }: z.output<typeof saveStandingInput>): Promise<{ id: string }> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    const list = await readList(tx, kind);
    const before = list.find((one) => one.id === id);
    if (id !== undefined && !before) throw directoryErrors.standingNotFound();
    if (list.some((one) => one.name === words.name && one.id !== id)) throw directoryErrors.standingNameTaken();
    const savedId = id ?? newId();
    await write(tx, kind, savedId, words, before ? null : Math.max(0, ...list.map(({ sortOrder }) => sortOrder)) + 1);
    const shown = before && { name: before.name, nameEn: before.nameEn, isMarked: before.isMarked };
    record(tx, "save", kind, savedId, { before: shown ?? null, after: words });
    await tellHolders(tx, kind, [savedId]);
    return { id: savedId };
  });

/** Gives the whole list an order. Whoever has not seen what somebody else added is refused. */
export const orderStandings = (ctx: Ctx, { kind, ids }: z.output<typeof orderStandingsInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    const list = await readList(tx, kind);
    const known = new Set(list.map(({ id }) => id));
    if (new Set(ids).size !== ids.length || ids.length !== known.size || ids.some((id) => !known.has(id)))
      throw directoryErrors.standingsStale();
    await raw`UPDATE ${raw.table(LISTS[kind].table)} AS s SET sort_order = wanted.place
      FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS wanted(id, place) WHERE s.id = wanted.id AND s.sort_order <> wanted.place`.execute(
      tx.sql,
    );
    record(tx, "order", kind, ids[0] ?? "", {
      before: list.map(({ name }) => name),
      after: ids.map((id) => list.find((one) => one.id === id)?.name),
    });
    await tellHolders(tx, kind, ids);
    return { done: true };
  });

/** Takes one out of its list that nobody has and nobody had. */
export const removeStanding = (ctx: Ctx, { kind, id }: z.output<typeof standingIdInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    const found = (await readList(tx, kind)).find((one) => one.id === id);
    if (!found) throw directoryErrors.standingNotFound();
    if (found.usedBy > 0) throw directoryErrors.standingInUse();
    await raw`DELETE FROM ${raw.table(LISTS[kind].table)} WHERE id = ${id}::uuid`.execute(tx.sql);
    record(tx, "remove", kind, id, { name: found.name });
    return { done: true };
  });
