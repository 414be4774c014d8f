import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { directoryErrors, type getPersonInput, MAX_REPORTS, type PersonDetailView } from "../contract";
import { listColleagues, listReports } from "../organisation-queries";
import { toPersonView } from "../queries";
import { listComingAbsences, mayEnterAbsence } from "./absences";

const readPerson = async ({ db }: Ctx, id: string) => {
  const [card, person] = await Promise.all([
    db.personCard.findUnique({ where: { id } }),
    db.person.findUnique({
      where: { id },
      include: {
        position: true,
        affiliations: { where: { endsOn: null }, include: { department: true, title: true }, orderBy: { isPrimary: "desc" } },
      },
    }),
  ]);
  if (!card || !person) throw directoryErrors.personNotFound();
  return { card, person };
};

type StoredPlaces = Awaited<ReturnType<typeof readPerson>>["person"]["affiliations"];
const placesOf = (affiliations: StoredPlaces): PersonDetailView["places"] =>
  affiliations.map(({ department, title, isPrimary }) => ({
    departmentId: department.id,
    department: department.name,
    departmentEn: department.nameEn,
    title: title?.name ?? null,
    titleEn: title?.nameEn ?? null,
    isPrimary,
  }));

/** A person with everything that colleagues may know. */
export const getPerson = async (ctx: Ctx, { id }: z.output<typeof getPersonInput>): Promise<PersonDetailView> => {
  const { card, person } = await readPerson(ctx, id);
  const now = ctx.now();
  const [beside, below, absences, favourites] = await Promise.all([
    listColleagues(
      ctx.sql,
      now,
      [person.managerId, person.assistantId].flatMap((one) => one ?? []),
    ),
    listReports(ctx.sql, now, id, MAX_REPORTS),
    listComingAbsences(ctx, id),
    ctx.db.favourite.count({ where: { ownerId: ctx.actor.id, personId: id } }),
  ]);
  const [next] = absences;
  return {
    ...toPersonView(card),
    employeeNo: person.employeeNo,
    awayUntil: next && Date.parse(next.startsAt) <= now.getTime() ? next.endsAt : null,
    position: person.position?.name ?? null,
    positionEn: person.position?.nameEn ?? null,
    email: person.email,
    phone: person.phone,
    mobile: person.mobile,
    joinedOn: person.joinedOn?.toISOString().slice(0, 10) ?? null,
    places: placesOf(person.affiliations),
    manager: beside.get(person.managerId ?? "") ?? null,
    assistant: beside.get(person.assistantId ?? "") ?? null,
    ...below,
    absences,
    isFavourite: favourites > 0,
    can: { enterAbsence: mayEnterAbsence(ctx, { id, assistantId: person.assistantId }) },
  };
};
