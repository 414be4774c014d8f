import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

const sentTo = ({ addresses }: Whom) => ({ recipient: { in: [...addresses], mode: "insensitive" as const } });

// Without their texts: a link in one is as good as a password, and a file is copied about.
const ownMails = ({ db }: Ctx, whom: Whom) =>
  pagedRows<{ readonly id: string }>((after, take) =>
    db.mailMessage.findMany({
      where: { ...sentTo(whom), ...(after ? { id: { gt: after.id } } : {}) },
      select: { id: true, recipient: true, subject: true, createdAt: true },
      orderBy: { id: "asc" },
      take,
    }),
  );

const erasePerson = async ({ db }: TxCtx, whom: Whom, limit: number): Promise<Counts> => {
  const { count: mail_message } = await db.mailMessage.deleteMany({ where: sentTo(whom), limit });
  return { mail_message };
};

/** The mails that the local mailbox holds for a person. */
export const personalData: PersonalData = {
  module: "mail",
  columns: {},
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "mail/mailbox", ownMails(ctx, whom));
  },
  erasePerson,
};
