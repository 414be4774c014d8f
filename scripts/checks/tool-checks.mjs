import { existsSync } from "node:fs";
import { installedProgram, runTurbo, toolEnvironment } from "../stack/packages.mjs";
import { inRepository, repositoryRoot } from "../stack/repository.mjs";
import { runCommand, tailOf } from "../stack/run-command.mjs";
import { single } from "./outcome.mjs";

/** Format and lint rules. */
export function checkStyle() {
  return runTool("format and lint", "biome", ["check", ".", "--max-diagnostics=50", "--colors=off"]);
}

/** Types: of every workspace through turbo, and of what lies outside them. */
export async function checkTypes() {
  const workspaces = await runTurbo(["typecheck"]);
  if (workspaces.code !== 0) return single("types", false, tailOf(workspaces.output, 60));
  if (!existsSync(inRepository("tsconfig.json"))) return single("types", true, "");
  return runTool("types", "tsc", ["-p", "tsconfig.json", "--noEmit", "--pretty", "false"]);
}

/** Who may import whom. */
export function checkBoundaries() {
  return runTool("boundaries", "depcruise", ["--config", ".dependency-cruiser.cjs", "apps", "packages"]);
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 */
async function runTool(name, program, args) {
  const { code, output } = await runCommand(installedProgram(program), args, { cwd: repositoryRoot, env: toolEnvironment });
  return single(name, code === 0, tailOf(output, 60));
}
