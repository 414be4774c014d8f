import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ImageMaker } from "@maru/platform/images";
import { createContainedImages, residentBytes } from "@maru/platform/images/contained";
import { createLog } from "@maru/platform/log";
import { build } from "esbuild";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { VARIANTS } from "./contract";
import { openFile, receiveFile } from "./service";
import { HOSTILE_FILES, type HostileFile, photoWithPlace } from "./testing/hostile-files";
import { generateThumbnail, upload, workerContext } from "./testing/uploads";

// The child that the worker runs, bundled from its source below node_modules, so that it finds sharp.
const CHILD_SOURCE = fileURLToPath(new URL("../../../../../apps/worker/src/media/child.ts", import.meta.url));
const SCRATCH = fileURLToPath(new URL("../../../node_modules/.cache/hostile-files", import.meta.url));
const MEBIBYTE = 1024 * 1024;

let maru: TestMaru;
let folder: string;
let images: ImageMaker;
let child: string;
let largestChild = 0;
let watch: NodeJS.Timeout;

const childIds = (): number[] => {
  const stdout = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes(child))
    .map((line) => Number.parseInt(line, 10));
};

beforeAll(async () => {
  maru = await createTestMaru();
  await mkdir(SCRATCH, { recursive: true });
  folder = await mkdtemp(join(SCRATCH, "run-"));
  child = join(folder, "media.mjs");
  await build({
    entryPoints: [CHILD_SOURCE],
    outfile: child,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["sharp"],
    logLevel: "silent",
  });
  images = createContainedImages({ entry: child, log: createLog({ service: "test", level: "silent" }) });
  watch = setInterval(async () => {
    for (const pid of childIds()) largestChild = Math.max(largestChild, await residentBytes(pid));
  }, 100);
});
afterAll(async () => {
  clearInterval(watch);
  await images.close();
  await maru.stop();
  await rm(folder, { recursive: true, force: true });
});

const streamOf = async ({ content }: HostileFile): Promise<Readable> => {
  const made = typeof content === "function" ? await content() : content;
  return made instanceof Readable ? made : Readable.from(made.length > 0 ? [made] : [], { objectMode: false });
};

const receive = async (hostile: HostileFile) =>
  receiveFile(maru.contextFor(maru.actors.member), {
    name: hostile.name,
    stream: await streamOf(hostile),
    declaredSize: hostile.declaredSize ?? null,
  });

const objectCount = async (): Promise<number> => {
  const entries = await readdir(join(maru.dataDir, "files"), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).length;
};

describe("hostile files (ASVS 5.2.2)", () => {
  it("are at least sixty, each with a verdict of its own", () => {
    expect(HOSTILE_FILES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(HOSTILE_FILES.map(({ title }) => title)).size).toBe(HOSTILE_FILES.length);
  });

  it.each(HOSTILE_FILES.map((hostile) => [hostile.title, hostile] as const))("%s", async (_title, hostile) => {
    const { verdict } = hostile;
    const before = await objectCount();
    if ("refused" in verdict) {
      expect(await refusal(receive(hostile))).toBe(verdict.refused);
      expect(await objectCount()).toBe(before);
      return;
    }
    const received = await receive(hostile);
    await generateThumbnail(workerContext(maru, images), received.id);
    const view = await maru.as(maru.actors.member).files.getFile({ id: received.id });
    expect({ state: view.state, reason: view.reason }).toEqual({ state: verdict.state, reason: verdict.reason ?? null });
    if (verdict.storedName) expect(view.name).toBe(verdict.storedName);
    if (verdict.mediaType) expect(view.mediaType).toBe(verdict.mediaType);
    const opened = await openFile(maru.contextFor(maru.actors.member), { id: view.id });
    if (view.state !== "READY") expect(opened.isShown).toBe(false);
  });

  it("leave no neighbour waiting and no memory taken", async () => {
    const good = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: "#225588" } })
      .jpeg()
      .toBuffer();
    const { id } = await upload(maru, maru.actors.member, "good.jpg", good);
    await generateThumbnail(workerContext(maru, images), id);
    expect((await maru.as(maru.actors.member).files.getFile({ id })).state).toBe("READY");
    expect(largestChild).toBeGreaterThan(30 * MEBIBYTE);
    expect(largestChild).toBeLessThan(768 * MEBIBYTE);
    expect(await maru.db.file.count({ where: { state: "PENDING" } })).toBe(0);
  });

  it("say nothing of where a photo was taken in any of its pictures", async () => {
    const photo = await photoWithPlace();
    expect((await sharp(photo).metadata()).exif?.includes("SecretPhone")).toBe(true);
    const { id } = await upload(maru, maru.actors.other, "place.jpg", photo);
    await generateThumbnail(workerContext(maru, images), id);
    for (const variant of VARIANTS) {
      const opened = await openFile(maru.contextFor(maru.actors.other), { id, variant });
      const bytes = await buffer(opened.read());
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      expect(bytes.includes("SecretPhone")).toBe(false);
    }
  });
});
