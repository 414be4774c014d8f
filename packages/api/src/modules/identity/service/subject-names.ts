import { isUuid } from "@maru/platform/http";
import type { Ctx } from "../../../tools";
import { listPersonViews } from "../../directory/service";

type Subject = { readonly type: string; readonly id: string };
/** What a record is called, in both languages where it has two names. */
export type SubjectName = { readonly name: string; readonly nameEn: string | null };

/** The names of people, accounts, roles, tokens and clients, by id; what has gone meanwhile, and every other kind, has none. */
export const listSubjectNames = async (ctx: Pick<Ctx, "db" | "sql">, subjects: readonly Subject[]): Promise<Map<string, SubjectName>> => {
  const idsOf = (type: string) => [...new Set(subjects.filter((one) => one.type === type && isUuid(one.id)).map(({ id }) => id))];
  const named = (type: string) => ({ where: { id: { in: idsOf(type) } } });
  const accounts = await ctx.db.account.findMany({ ...named("identity.account"), select: { id: true, personId: true } });
  const people = await listPersonViews(ctx, [...idsOf("directory.person"), ...accounts.map(({ personId }) => personId)]);
  const [roles, tokens, clients] = await Promise.all([
    ctx.db.role.findMany({ ...named("identity.role"), select: { id: true, name: true, nameEn: true } }),
    ctx.db.personalToken.findMany({ ...named("identity.personal-token"), select: { id: true, name: true } }),
    ctx.db.apiClient.findMany({ ...named("identity.api-client"), select: { id: true, name: true } }),
  ]);
  const names = new Map<string, SubjectName>([...tokens, ...clients].map(({ id, name }) => [id, { name, nameEn: null }]));
  for (const { id, name, nameEn } of [...roles, ...people.values()]) names.set(id, { name, nameEn });
  for (const { id, personId } of accounts) {
    const person = people.get(personId);
    if (person) names.set(id, { name: person.name, nameEn: person.nameEn });
  }
  return names;
};
