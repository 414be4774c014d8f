import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type Actor, SYSTEM_ACTOR_ID } from "@maru/db/context";
import type { OnceKey } from "@maru/db/outbox";
import type { ImageMaker } from "@maru/platform/images";
import { makeImage } from "@maru/platform/images/make";
import type { TestMaru } from "../../../testing/testing";
import type { Ctx } from "../../../tools";
import type { FileView } from "../contract";
import { handlers } from "../handlers";
import { receiveFile } from "../service";

/** Makes pictures in this very process: for tests whose pictures are harmless. */
export const imagesInHere: ImageMaker = {
  make: async ({ open, mediaType }) => makeImage(await buffer(open()), mediaType),
  close: async () => {},
};

const streamOf = (content: Uint8Array | string): Readable =>
  Readable.from(
    [Buffer.from(content as Uint8Array)].filter(({ length }) => length > 0),
    { objectMode: false },
  );

export const upload = (
  maru: TestMaru,
  actor: Actor,
  name: string,
  content: Uint8Array | string | Readable,
  once?: OnceKey,
): Promise<FileView> =>
  receiveFile(maru.contextFor(actor, once), {
    name,
    stream: content instanceof Readable ? content : streamOf(content),
    declaredSize: null,
  });

/** The context of the worker: the system acts, and there is somebody who makes pictures. */
export const workerContext = (maru: TestMaru, images: ImageMaker = imagesInHere): Ctx => {
  const ctx = maru.contextFor({
    id: SYSTEM_ACTOR_ID,
    accountId: null,
    sessionId: null,
    permissions: new Set(),
    departmentIds: [],
    managedDepartmentIds: [],
  });
  return { ...ctx, tools: { ...ctx.tools, images } };
};

export const generateThumbnail = (ctx: Ctx, fileId: string): Promise<void> =>
  handlers["files.generate-thumbnail"].run(ctx, { fileId }, new AbortController().signal);

/** What was asked for and not relayed yet, by name. */
export const outboxOf = async (maru: TestMaru, name: string): Promise<unknown[]> => {
  const rows = await maru.db.outbox.findMany({ where: { name }, orderBy: { createdAt: "asc" }, select: { payload: true } });
  return rows.map(({ payload }) => payload);
};
