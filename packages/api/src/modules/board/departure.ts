import { consequence, type Departure } from "../../departures";

/** What somebody wrote stays hers; what belongs to a department goes where its people go. */
export const departure: Departure = {
  module: "board",
  consequencesFor: async ({ db }, personId, kind) => {
    if (kind !== "RESIGNATION") return [];
    const [posts, comments, drafts] = await Promise.all([
      db.post.count({ where: { authorId: personId, deletedAt: null } }),
      db.comment.count({ where: { authorId: personId, deletedAt: null } }),
      db.postDraft.count({ where: { personId } }),
    ]);
    return [...consequence("board.writingStays", posts + comments), ...consequence("board.draftsStay", drafts)];
  },
  consequencesOfClosing: async ({ db }, heirs) => {
    const boards = await db.board.findMany({
      where: { departmentId: { in: [...heirs.keys()] } },
      select: { name: true, nameEn: true, departmentId: true },
      orderBy: { name: "asc" },
    });
    const [moved, left] = [true, false].map((isMoved) =>
      boards.filter(({ departmentId }) => (heirs.get(departmentId ?? "") !== null) === isMoved),
    );
    return [...consequence("board.boardsMove", moved?.length ?? 0, moved), ...consequence("board.boardsUnread", left?.length ?? 0, left)];
  },
};
