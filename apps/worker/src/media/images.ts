import { fileURLToPath } from "node:url";
import type { ImageMaker } from "@maru/platform/images";
import { createContainedImages } from "@maru/platform/images/contained";
import type { Log } from "@maru/platform/log";

/** The worker's image maker: its child is bundled beside the worker as `media.js`. */
export const createWorkerImages = (log: Log): ImageMaker =>
  createContainedImages({ entry: fileURLToPath(new URL("./media.js", import.meta.url)), log });
