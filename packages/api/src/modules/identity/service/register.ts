import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import type { Ctx } from "../../../tools";
import { createPerson } from "../../directory/service";
import { type AcceptedView, type AccountReadyView, identityErrors, type RegisterInput, type RequestRegistrationInput } from "../contract";
import { limitMails } from "../link-limits";
import { requirePassword } from "../password-rule";
import { getRegistration } from "./invitations";
import { findOpenLink, requestLink, useLink } from "./links";
import type { SignInOrigin } from "./sessions";
import { normaliseUsername } from "./sign-in";

/**
 * Asks for a mail with which an account can be made. Whether the address has one already is told to its mailbox alone: the answer here is the
 * same.
 */
export const requestRegistration = async (
  ctx: Ctx,
  { mail, locale }: RequestRegistrationInput,
  { address }: SignInOrigin,
): Promise<AcceptedView> => {
  if ((await getRegistration(ctx)).mode !== "OPEN") throw identityErrors.registrationClosed();
  await limitMails(ctx.tools.limits, mail, address);
  await ctx.tx(async (tx) => {
    const id = await requestLink(tx, { purpose: "REGISTER", accountId: null, mail, locale });
    tx.record({ action: "identity.registration.request", subjectType: "identity.registration", subjectId: id, details: { address } });
  });
  return { accepted: true };
};

/**
 * Makes the account of whoever has read the mail, with the address verified. Who was invited begins with the rights of a member, who came by
 * herself with those of a guest: somebody who knows her gives her more.
 */
export const register = async (ctx: Ctx, input: RegisterInput, { address }: SignInOrigin): Promise<AccountReadyView> => {
  const link = await findOpenLink(ctx, input.token, ["INVITE", "REGISTER"], address);
  const { mail, purpose } = link;
  // What was sent while it was allowed is worth nothing once it is not.
  const { mode } = await getRegistration(ctx);
  if (mode === "CLOSED" || (purpose === "REGISTER" && mode !== "OPEN")) throw identityErrors.registrationClosed();
  // An invitation to an account that stands is taken up by setting its password.
  if (link.account) throw identityErrors.linkRefused();
  const username = normaliseUsername(input.username);
  requirePassword(input.password, { username, mail, hasSecondFactor: false });
  const passwordHash = await hashPassword(input.password);
  await ctx.tx(async (tx) => {
    await useLink(tx, link);
    const personId = await createPerson(tx, { name: input.name, email: mail });
    const [created] = await tx.db.account.createManyAndReturn({
      data: { id: newId(), personId, username, passwordHash, verifiedMail: mail, createdAt: tx.now() },
      skipDuplicates: true,
      select: { id: true },
    });
    if (!created) throw identityErrors.usernameTaken();
    const { id: roleId } = await tx.db.role.findUniqueOrThrow({ where: { key: purpose === "INVITE" ? "member" : "guest" } });
    await tx.db.roleAssignment.create({ data: { id: newId(), accountId: created.id, roleId, assignedAt: tx.now() } });
    tx.record({
      action: "identity.account.register",
      subjectType: "identity.account",
      subjectId: created.id,
      details: { username, purpose, address },
      actorId: personId,
    });
  });
  return { username };
};
