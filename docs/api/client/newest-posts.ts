import { createMaruClient } from "./client";

/** The titles of the newest posts of the first board that the token may read. */
export const newestTitles = async (origin: string, token: string): Promise<string[]> => {
  const maru = createMaruClient(origin, token);
  const boards = await maru.GET("/board/boards");
  const board = boards.data?.data[0];
  if (!board) throw new Error(boards.error?.error.code ?? "there is no board for this token");
  const { data, error } = await maru.GET("/board/boards/{id}/posts", { params: { path: { id: board.id }, query: { limit: 5 } } });
  if (error) throw new Error(`${error.error.code}: ${error.error.message}`);
  return data.data.map(({ title }) => title);
};
