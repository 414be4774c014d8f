import { afterAll, beforeAll, beforeEach } from "vitest";
import { startTestDirectory, type TestDirectory } from "../../../../../scripts/stack/directory.mjs";

/**
 * A real directory server for the tests of the file (or of the `describe`) that calls this: started before the first, gone after the last.
 * Where there can be none, they are skipped and say why.
 */
export const useDirectory = (kind: "ad" | "openldap", options?: { more?: number; isEncryptionNeeded?: boolean }): (() => TestDirectory) => {
  let started: TestDirectory | string = "not started";
  beforeAll(async () => {
    started = await startTestDirectory(kind, options);
  }, 300_000);
  beforeEach(({ skip }) => {
    if (typeof started === "string") skip(started);
  });
  afterAll(async () => {
    if (typeof started !== "string") await started.stop();
  });
  return () => started as TestDirectory;
};
