import type { Readable, Writable } from "node:stream";
import { AppError, type ErrorDetails, isAppError } from "../errors/errors";
import type { MadeImage } from "./images";

// What parent and child say to each other over a pipe: four bytes with the length of a JSON header, the header, and as many bytes as it announces.
const MAX_HEADER_BYTES = 64 * 1024;

type Message<Header> = { readonly header: Header; readonly body: Buffer };
type Announced = { readonly bodyBytes: number };
export type Question = Announced & { readonly mediaType: string };
type VariantHeader = { readonly name: string; readonly width: number; readonly height: number; readonly sizeBytes: number };
type MadeHeader = Omit<MadeImage, "variants"> & { readonly variants: readonly VariantHeader[] };
export type Answer = Announced &
  (
    | { readonly kind: "made"; readonly image: MadeHeader }
    | { readonly kind: "refused"; readonly code: string; readonly details: ErrorDetails }
    | { readonly kind: "failed"; readonly message: string }
  );

export const encodeHeader = (header: Question | Answer): Buffer => {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json]);
};

/** Writes at the pace of the reader. */
export const writeSlowly = async (stream: Writable, bytes: Uint8Array): Promise<void> => {
  if (stream.write(bytes)) return;
  await new Promise<void>((resolve, reject) => {
    const onDrain = () => settle(resolve);
    const onClose = () => settle(() => reject(new Error("the other side is gone")));
    const settle = (then: () => void) => {
      stream.off("drain", onDrain).off("close", onClose);
      then();
    };
    stream.on("drain", onDrain).on("close", onClose);
    if (stream.destroyed) onClose();
  });
};

/** Takes exact numbers of bytes out of a stream of chunks, copying each byte once. */
class Taker {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Null when the stream ended first. */
  async take(length: number): Promise<Buffer | null> {
    const taken = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done) return null;
        this.#rest = next.value;
      }
      const used = this.#rest.copy(taken, filled);
      filled += used;
      this.#rest = this.#rest.subarray(used);
    }
    return taken;
  }
}

/** The messages of the other side until it is gone; one that announces more than `maxBodyBytes` ends the talk. */
export async function* readMessages<Header extends Announced>(stream: Readable, maxBodyBytes: number): AsyncGenerator<Message<Header>> {
  const taker = new Taker(stream);
  while (true) {
    const length = (await taker.take(4))?.readUInt32BE();
    if (length === undefined) return;
    if (length > MAX_HEADER_BYTES) throw new Error("the header of a message is too long");
    const json = await taker.take(length);
    if (!json) return;
    const header = JSON.parse(json.toString()) as Header;
    if (header.bodyBytes > maxBodyBytes) throw new Error("the body of a message is too long");
    const body = await taker.take(header.bodyBytes);
    if (!body) return;
    yield { header, body };
  }
}

const refusalOf = (error: unknown): Answer =>
  isAppError(error)
    ? { kind: "refused", code: error.code, details: error.details, bodyBytes: 0 }
    : { kind: "failed", message: error instanceof Error ? error.message : "unknown", bodyBytes: 0 };

/** The child's side: answers one question after another until its parent closes the pipe. */
export const serveImages = async (
  input: Readable,
  output: Writable,
  make: (bytes: Uint8Array, mediaType: string) => Promise<MadeImage>,
  maxBodyBytes: number,
): Promise<void> => {
  for await (const { header, body } of readMessages<Question>(input, maxBodyBytes)) {
    try {
      const { variants, ...image } = await make(body, header.mediaType);
      const described = variants.map(({ name, width, height, bytes }) => ({ name, width, height, sizeBytes: bytes.byteLength }));
      const bodyBytes = described.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      await writeSlowly(output, encodeHeader({ kind: "made", image: { ...image, variants: described }, bodyBytes }));
      for (const { bytes } of variants) await writeSlowly(output, bytes);
    } catch (error) {
      await writeSlowly(output, encodeHeader(refusalOf(error)));
    }
  }
};

/** What an answer means to the parent: the picture, or the error that the child threw. */
export const readAnswer = ({ header, body }: Message<Answer>): MadeImage => {
  if (header.kind === "refused") throw new AppError("invalid", header.code, header.details);
  if (header.kind === "failed") throw new Error(`the decoder failed: ${header.message}`);
  let offset = 0;
  const variants = header.image.variants.map(({ name, width, height, sizeBytes }) => {
    offset += sizeBytes;
    return { name, width, height, bytes: body.subarray(offset - sizeBytes, offset) };
  });
  return { ...header.image, variants };
};
