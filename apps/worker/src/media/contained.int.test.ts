import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ImageSource } from "@maru/platform/images";
import { createContainedImages, residentBytes } from "@maru/platform/images/contained";
import { createLog } from "@maru/platform/log";
import { build } from "esbuild";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const log = createLog({ service: "test", level: "silent" });
// Below node_modules, so that the bundle finds sharp as the built worker does.
const scratch = fileURLToPath(new URL("../../node_modules/.cache/media-test", import.meta.url));
let folder: string;
let realChild: string;

beforeAll(async () => {
  await mkdir(scratch, { recursive: true });
  folder = await mkdtemp(join(scratch, "run-"));
  realChild = join(folder, "media.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./child.ts", import.meta.url))],
    outfile: realChild,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["sharp"],
    logLevel: "silent",
  });
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((maker) => maker.close()));
});
const maker = (entry: string, limits: { idleMs?: number; timeoutMs?: number; maxResidentBytes?: number } = {}) => {
  const made = createContainedImages({ entry, log, ...limits });
  opened.push(made);
  return made;
};

const from = (bytes: Uint8Array, mediaType = "image/png"): ImageSource => ({
  sizeBytes: bytes.byteLength,
  mediaType,
  open: () => Readable.from(bytes.byteLength > 0 ? [bytes.subarray(0, 10), bytes.subarray(10)] : []),
});
const picture = async (side: number): Promise<ImageSource> =>
  from(
    await sharp({ create: { width: side, height: side, channels: 3, background: "#3366cc" } })
      .png()
      .toBuffer(),
  );

/** A child that does what the line says as soon as it is asked something. */
const childThat = async (name: string, line: string): Promise<string> => {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, `process.stdin.once("data", () => { ${line} }); setInterval(() => {}, 1000);`);
  return path;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("contained images", () => {
  it("makes pictures of several askers, one after another", async () => {
    const images = maker(realChild);
    const made = await Promise.all((await Promise.all([300, 600, 900].map(picture))).map((source) => images.make(source)));
    expect(made.map(({ width }) => width)).toEqual([300, 600, 900]);
    const largest = made[2]?.variants.at(-1);
    expect(largest).toMatchObject({ name: "1440", width: 900, height: 900 });
    expect(await sharp(largest?.bytes).metadata()).toMatchObject({ format: "webp", width: 900 });
  });

  it("hands on the child's refusal and goes on with the next picture", async () => {
    const images = maker(realChild);
    const refused = images.make(from(Buffer.from("no picture")));
    const next = images.make(await picture(100));
    await expect(refused).rejects.toMatchObject({ kind: "invalid", code: "images.unreadable" });
    expect((await next).width).toBe(100);
  });

  it("refuses a picture that ends its decoder twice, and no other", async () => {
    const images = maker(await childThat("crash", "process.abort()"));
    await expect(images.make(await picture(10))).rejects.toMatchObject({ code: "images.crashedDecoder" });
    await expect(images.make(await picture(10))).rejects.toMatchObject({ code: "images.crashedDecoder" });
  });

  it("kills a decoder that takes too much memory", async () => {
    const hungry = "const kept = []; setInterval(() => kept.push(Buffer.alloc(16e6, 1)), 5)";
    const images = maker(await childThat("hungry", hungry), { maxResidentBytes: 200e6 });
    await expect(images.make(await picture(10))).rejects.toMatchObject({ code: "images.tooMuchMemory" });
  });

  it("kills a decoder that takes too long, and one whose work was called off", async () => {
    const entry = await childThat("sleepy", "");
    await expect(maker(entry, { timeoutMs: 300 }).make(await picture(10))).rejects.toMatchObject({ code: "images.timedOut" });
    await expect(maker(entry).make(await picture(10), AbortSignal.timeout(300))).rejects.toThrow(/timeout/i);
  });

  it("does not blame the picture for a source that breaks or lies about its size", async () => {
    const images = maker(realChild);
    const broken: ImageSource = {
      sizeBytes: 100,
      mediaType: "image/png",
      open: () =>
        new Readable({
          read() {
            this.destroy(new Error("the disk is gone"));
          },
        }),
    };
    await expect(images.make(broken)).rejects.toThrow("the disk is gone");
    await expect(images.make({ ...(await picture(10)), sizeBytes: 5 })).rejects.toThrow("another size");
    expect((await images.make(await picture(50))).width).toBe(50);
  });

  it("starts on demand, ends after its idle time, survives Ctrl-C and leaves nothing when it is closed", async () => {
    const pidFile = await childThat("pid", "process.stdout.write(Buffer.from([255, 255, 255, 255])); process.exit(0)");
    await expect(maker(pidFile).make(await picture(10))).rejects.toThrow("too long");

    const images = maker(realChild, { idleMs: 3_000 });
    const before = new Set(await children());
    await images.make(await picture(64));
    const [pid = 0] = (await children()).filter((child) => !before.has(child));
    expect(await residentBytes(pid)).toBeGreaterThan(10e6);
    process.kill(pid, "SIGINT");
    process.kill(pid, "SIGTERM");
    expect((await images.make(await picture(65))).width).toBe(65);
    await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);

    expect((await images.make(await picture(66))).width).toBe(66);
    const pending = images.make(await picture(67));
    await images.close();
    await expect(pending).rejects.toMatchObject({ code: "images.notHere" });
    await expect.poll(async () => (await children()).filter((child) => !before.has(child)), { timeout: 15_000 }).toEqual([]);
  });
});

/** The processes whose parent is this one. */
const children = async (): Promise<number[]> => {
  const { execFileSync } = await import("node:child_process");
  return execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("media.mjs"))
    .map((line) => Number.parseInt(line, 10));
};
