import { type Subscription, subscribe } from "../../handling";
import { departmentClosed } from "../directory/events";

/** The boards of a department that was taken over become those of its heir: else nobody would read them any more. */
const handBoardsOn = subscribe(
  "board.hand-boards-on",
  departmentClosed,
  (ctx, { payload: { departmentId, heirId } }) =>
    ctx.tx(async (tx) => {
      const moved = await tx.db.board.updateManyAndReturn({
        where: { departmentId },
        data: { departmentId: heirId },
        select: { id: true },
      });
      for (const { id } of moved)
        tx.record({
          action: "board.board.hand-on",
          subjectType: "board.board",
          subjectId: id,
          details: { before: { departmentId }, after: { departmentId: heirId } },
        });
    }),
  { concerns: ({ heirId }) => heirId !== null },
);

export const subscriptions: readonly Subscription[] = [handBoardsOn];
