import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { type AssistantView, directoryErrors, type setAssistantInput } from "../contract";
import { can } from "../policy";
import { listPersonViews } from "../queries";

/** Names who may enter absences for a person beside herself; null for nobody. An assistant can't name the next one. */
export const setAssistant = async (ctx: Ctx, { personId, assistantId }: z.output<typeof setAssistantInput>): Promise<AssistantView> => {
  await ctx.tx(async (tx) => {
    const { actor } = tx;
    const person = await tx.db.person.findFirst({ where: { id: personId, state: { in: ["ACTIVE", "ON_LEAVE"] } } });
    if (!person) throw directoryErrors.personNotFound();
    const isAllowed = can.enterAbsence({
      isOwn: actor.id === personId,
      isAssistant: false,
      isScript: actor.tokenId !== undefined,
      looksAfterAbsences: actor.permissions.has("directory.manage-absences"),
    });
    if (!isAllowed) throw directoryErrors.absenceNotYours();
    if (person.assistantId === assistantId) return;
    const isThere =
      !assistantId || (assistantId !== personId && (await tx.db.person.count({ where: { id: assistantId, state: "ACTIVE" } })));
    if (!isThere) throw directoryErrors.assistantNotPresent();
    await tx.db.person.update({ where: { id: personId }, data: { assistantId } });
    const details = { before: person.assistantId, after: assistantId };
    tx.record({ action: "directory.assistant.set", subjectType: "directory.person", subjectId: personId, details });
  });
  return { assistant: assistantId ? ((await listPersonViews(ctx, [assistantId])).get(assistantId) ?? null) : null };
};
