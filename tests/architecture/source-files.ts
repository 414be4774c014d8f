import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = join(fileURLToPath(import.meta.url), "../../..");

export type SourceFile = { readonly path: string; readonly text: string };

/** The files that git knows or would take, below the root; fixtures are breaches on purpose and left out. */
export const sourceFiles = (pattern: RegExp, root = repositoryRoot): SourceFile[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1e8,
  })
    .split("\n")
    .filter((path) => pattern.test(path) && !path.startsWith("tests/architecture/fixtures/"))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), "utf8") }];
      } catch {
        return []; // Deleted in the work tree and not yet in the index.
      }
    });

export const CODE = /\.(ts|tsx|mts|mjs|cjs)$/;
