import type { APIRequestContext } from "@playwright/test";
import type { Database } from "./database";
import { stage } from "./env";
import { call } from "./people";

type Node = { readonly type: string; readonly [key: string]: unknown };

export const text = (words: string, ...marks: readonly Node[]): Node => ({ type: "text", text: words, ...(marks.length ? { marks } : {}) });
export const paragraph = (...content: readonly Node[]): Node => ({ type: "paragraph", content });
export const mention = (id: string, label: string): Node => ({ type: "mention", attrs: { id, label } });
export const doc = (...content: readonly Node[]): Node => ({ type: "doc", content });

export const boardIdOf = async (database: Database, slug: string): Promise<string> => {
  const { id } = await database.row<{ id: string }>("SELECT id FROM board WHERE slug = $1", [slug]);
  return id;
};

/** Publishes a post with somebody's session, past the editor; returns its id. */
export const publish = async (request: APIRequestContext, boardId: string, title: string, body: Node, attachmentIds: string[] = []) => {
  const { status, data } = await call(request, "board.publishPost", { boardId, title, body, attachmentIds });
  if (status !== 200) throw new Error(`publishing was refused: ${status}`);
  return (data as { id: string }).id;
};

/** Sends a file past the editor; returns its id. */
export const upload = async (request: APIRequestContext, name: string, bytes: Buffer): Promise<string> => {
  const answer = await request.post(`${stage.url()}/api/files`, {
    headers: {
      origin: stage.url(),
      "sec-fetch-site": "same-origin",
      "content-type": "application/octet-stream",
      "maru-file-name": encodeURIComponent(name),
    },
    data: bytes,
  });
  if (!answer.ok()) throw new Error(`the upload was refused: ${answer.status()} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
};
