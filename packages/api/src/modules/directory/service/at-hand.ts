import { newId } from "@maru/platform/crypto/id";
import { type SqlBool, sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import {
  type ColleagueView,
  directoryErrors,
  type FavouritesView,
  type FavouriteView,
  isPresent,
  MAX_FAVOURITES,
  MAX_RECENT,
  type noteSeenInput,
  type SeenView,
  type setFavouriteInput,
} from "../contract";
import { isOpen, listChartDepartments, listColleagues } from "../organisation-queries";

const requireTarget = async (tx: TxCtx, { kind, id }: z.output<typeof setFavouriteInput>): Promise<void> => {
  if (kind === "DEPARTMENT") {
    if ((await tx.db.department.count({ where: { id } })) === 0) throw directoryErrors.departmentNotFound();
    return;
  }
  const person = await tx.db.person.findUnique({ where: { id }, select: { state: true } });
  if (!person || !isPresent(person.state)) throw directoryErrors.personNotFound();
};

/** Keeps a person or a department at hand, or no longer; asking twice changes nothing. */
export const setFavourite = (ctx: Ctx, input: z.output<typeof setFavouriteInput>): Promise<FavouriteView> =>
  ctx.tx(async (tx) => {
    const { kind, id, isFavourite } = input;
    const ownerId = tx.actor.id;
    const target = kind === "PERSON" ? { personId: id } : { departmentId: id };
    if (!isFavourite) {
      await tx.db.favourite.deleteMany({ where: { ownerId, ...target } });
      return { isFavourite };
    }
    await requireTarget(tx, input);
    if ((await tx.db.favourite.count({ where: { ownerId } })) >= MAX_FAVOURITES)
      throw directoryErrors.tooManyFavourites({ maximum: MAX_FAVOURITES });
    await tx.db.favourite.createMany({ data: [{ id: newId(), ownerId, ...target, createdAt: tx.now() }], skipDuplicates: true });
    return { isFavourite };
  });

/** What somebody keeps at hand, the newest first. Who has left and what is closed stays away, and comes back with them. */
export const listFavourites = async (ctx: Ctx): Promise<FavouritesView> => {
  const now = ctx.now();
  const kept = await ctx.db.favourite.findMany({
    where: { ownerId: ctx.actor.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_FAVOURITES,
  });
  const personIds = kept.flatMap(({ personId }) => personId ?? []);
  const departmentIds = kept.flatMap(({ departmentId }) => departmentId ?? []);
  const [people, departments] = await Promise.all([
    listColleagues(ctx.sql, now, personIds),
    departmentIds.length === 0
      ? []
      : listChartDepartments(ctx.sql, now, sql<SqlBool>`d.id = any(${departmentIds}::uuid[]) and ${isOpen(now)}`, MAX_FAVOURITES),
  ]);
  return {
    people: inOrder(personIds, people),
    departments: departmentIds.flatMap((id) => departments.find((department) => department.id === id) ?? []),
  };
};

const inOrder = (ids: readonly string[], people: ReadonlyMap<string, ColleagueView>): ColleagueView[] =>
  ids.flatMap((id) => people.get(id) ?? []).filter(({ state }) => isPresent(state));

/** Remembers that somebody looked at a person's page: each person once, the last twenty. One's own page does not count. */
export const noteSeen = (ctx: Ctx, { personId }: z.output<typeof noteSeenInput>): Promise<SeenView> =>
  ctx.tx(async (tx) => {
    const ownerId = tx.actor.id;
    if (personId === ownerId) return { isNoted: false };
    const { rows } = await sql`
      insert into recent_person (owner_id, person_id, seen_at)
      select ${ownerId}::uuid, id, ${tx.now()}::timestamptz from person where id = ${personId}::uuid and state in ('ACTIVE', 'ON_LEAVE')
      on conflict (owner_id, person_id) do update set seen_at = excluded.seen_at returning 1`.execute(tx.sql);
    if (rows.length === 0) throw directoryErrors.personNotFound();
    await sql`
      delete from recent_person where owner_id = ${ownerId}::uuid and person_id in (
        select person_id from recent_person where owner_id = ${ownerId}::uuid order by seen_at desc, person_id offset ${MAX_RECENT})`.execute(
      tx.sql,
    );
    return { isNoted: true };
  });

/** Whose pages one has looked at lately, the last first. */
export const listRecent = async (ctx: Ctx): Promise<ColleagueView[]> => {
  const seen = await ctx.db.recentPerson.findMany({
    where: { ownerId: ctx.actor.id },
    orderBy: [{ seenAt: "desc" }, { personId: "asc" }],
    take: MAX_RECENT,
  });
  const ids = seen.map(({ personId }) => personId);
  return inOrder(ids, await listColleagues(ctx.sql, ctx.now(), ids));
};
