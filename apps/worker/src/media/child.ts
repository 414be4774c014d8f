import { makeImage } from "@maru/platform/images/make";
import { serveImages } from "@maru/platform/images/wire";

// The one process that meets hostile pictures: it holds no secret, no connection and one picture, and may be killed at any moment.

/** The largest upload and some room; the parent never sends more. */
const MAX_PICTURE_BYTES = 128 * 1024 * 1024;

// Ctrl-C reaches every process of a terminal. Only the parent ends this one, by SIGKILL or by closing the pipe: otherwise the picture in
// hand would be taken for one that kills its decoder.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
// Whoever lost the parent has nothing left to do, even in the middle of a picture.
process.stdin.on("close", () => process.exit(0));

await serveImages(process.stdin, process.stdout, makeImage, MAX_PICTURE_BYTES);
process.exit(0);
