import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { isAppError } from "../errors/errors";
import type { Log } from "../log/log";
import { type ImageMaker, type ImageSource, imageErrors, type MadeImage } from "./images";
import { type Answer, encodeHeader, readAnswer, readMessages, writeSlowly } from "./wire";

const MEBIBYTE = 1024 * 1024;
const MAX_ANSWER_BYTES = 64 * MEBIBYTE;
const WATCH_MS = 50;
const KEPT_STDERR_CHARACTERS = 2_000;
const execFileAsync = promisify(execFile);

type Options = {
  /** The script of the child: it serves questions on its standard input (see wire.ts). */
  readonly entry: string;
  readonly log: Log;
  readonly idleMs?: number;
  readonly timeoutMs?: number;
  readonly maxResidentBytes?: number;
};

type Decoder = {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly answers: AsyncGenerator<{ header: Answer; body: Buffer }>;
  stderr: string;
  isGone: boolean;
};

/** The memory that a process really holds; 0 when it is gone. V8's limits don't bind the decoder, so somebody must look. */
export const residentBytes = async (pid: number): Promise<number> => {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // No /proc on this system, or no such process any more: ps knows both.
    const { stdout } = await execFileAsync("ps", ["-o", "rss=", "-p", String(pid)]).catch(() => ({ stdout: "0" }));
    return Number(stdout.trim()) * 1024;
  }
};

const startDecoder = (entry: string, maxResidentBytes: number): Decoder => {
  // An environment of its own: the process that meets hostile bytes knows no secret.
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", MALLOC_ARENA_MAX: "2" };
  const child = spawn(process.execPath, ["--max-old-space-size=256", entry], { stdio: ["pipe", "pipe", "pipe"], env });
  const decoder: Decoder = { process: child, answers: readMessages<Answer>(child.stdout, MAX_ANSWER_BYTES), stderr: "", isGone: false };
  const onGone = () => {
    decoder.isGone = true;
  };
  child.on("error", onGone).on("exit", onGone);
  // A pipe that breaks is seen where the answer is awaited.
  child.stdin.on("error", onGone);
  child.stderr.on("data", (chunk: Buffer) => {
    decoder.stderr = (decoder.stderr + chunk.toString()).slice(-KEPT_STDERR_CHARACTERS);
  });
  // A second fence where there is one: an allocation beyond it fails inside the child before the watcher has to end it.
  if (child.pid) execFile("prlimit", ["--pid", String(child.pid), `--data=${maxResidentBytes + 512 * MEBIBYTE}`], () => {});
  return decoder;
};

const send = async ({ process: child }: Decoder, { sizeBytes, mediaType, open }: ImageSource): Promise<void> => {
  const stream = open();
  try {
    await writeSlowly(child.stdin, encodeHeader({ mediaType, bodyBytes: sizeBytes }));
    let sent = 0;
    for await (const chunk of stream) {
      sent += (chunk as Uint8Array).byteLength;
      if (sent > sizeBytes) break;
      await writeSlowly(child.stdin, chunk as Uint8Array);
    }
    if (sent !== sizeBytes) throw new Error("the picture has another size than was said");
  } finally {
    stream.destroy();
  }
};

type Limits = { readonly timeoutMs: number; readonly maxResidentBytes: number };

const isCrash = (error: unknown): boolean => isAppError(error) && error.code === imageErrors.crashedDecoder().code;

/** Gives the decoder one picture and watches over it until it answers; whatever else happens than an answer ends the decoder. */
const ask = async (decoder: Decoder, source: ImageSource, limits: Limits, signal: AbortSignal | undefined): Promise<MadeImage> => {
  let verdict: unknown;
  const end = (why: unknown) => {
    verdict ??= why;
    decoder.isGone = true;
    decoder.process.kill("SIGKILL");
  };
  const onAbort = () => end(signal?.reason);
  const tooLate = setTimeout(() => end(imageErrors.timedOut()), limits.timeoutMs);
  const watch = setInterval(async () => {
    const resident = await residentBytes(decoder.process.pid ?? 0);
    if (resident > limits.maxResidentBytes) end(imageErrors.tooMuchMemory());
  }, WATCH_MS);
  signal?.addEventListener("abort", onAbort);
  try {
    // A child that dies while it is fed breaks the pipe; then the end of its answers says so below.
    send(decoder, source).catch((error: unknown) => (decoder.isGone ? undefined : end(error)));
    const answer = await decoder.answers.next();
    if (answer.done) throw imageErrors.crashedDecoder();
    return readAnswer(answer.value);
  } catch (error) {
    if (!isAppError(error)) end(error);
    throw verdict ?? error;
  } finally {
    clearTimeout(tooLate);
    clearInterval(watch);
    signal?.removeEventListener("abort", onAbort);
  }
};

/**
 * Makes pictures in a child process: started on demand, given one picture at a time, ended after a minute without work. It is killed when
 * it holds more memory than a picture may need or takes too long; what it was given is then refused, and the next picture gets a new child.
 */
export const createContainedImages = (options: Options): ImageMaker => {
  const { entry, log, idleMs = 60_000, timeoutMs = 40_000, maxResidentBytes = 768 * MEBIBYTE } = options;
  let decoder: Decoder | null = null;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;
  let queue: Promise<unknown> = Promise.resolve();

  const stop = () => {
    decoder?.process.kill("SIGKILL");
    decoder = null;
  };

  const attempt = async (source: ImageSource, signal: AbortSignal | undefined): Promise<MadeImage> => {
    if (isClosed) throw imageErrors.notHere();
    if (!decoder || decoder.isGone) decoder = startDecoder(entry, maxResidentBytes);
    const asked = decoder;
    try {
      return await ask(asked, source, { timeoutMs, maxResidentBytes }, signal);
    } catch (error) {
      if (isClosed) throw imageErrors.notHere();
      if (asked.isGone && asked.stderr) log.warn({ stderr: asked.stderr }, "the image decoder ended");
      throw error;
    }
  };

  const makeOne = async (source: ImageSource, signal: AbortSignal | undefined): Promise<MadeImage> => {
    signal?.throwIfAborted();
    clearTimeout(idle);
    try {
      // The child may have died of something else, such as the machine's memory: only who ends it twice is to blame.
      return await attempt(source, signal).catch((error: unknown) => {
        if (!isCrash(error)) throw error;
        return attempt(source, signal);
      });
    } finally {
      idle = setTimeout(stop, idleMs).unref();
    }
  };

  return {
    make: (source, signal) => {
      const made = queue.then(() => makeOne(source, signal));
      queue = made.catch(() => {});
      return made;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      stop();
      await queue;
    },
  };
};
