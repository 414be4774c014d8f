import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repositoryRoot } from "./source-files";

type Service = {
  image?: string;
  build?: { dockerfile: string };
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };

const read = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");

/** The faults of a compose file that can be found without an engine: references that lead nowhere, images without a version. */
const faultsOf = (compose: Compose, known: ReadonlySet<string>): string[] =>
  Object.entries(compose.services).flatMap(([name, service]) => [
    ...(service.image || service.build ? [] : [`${name}: neither image nor build`]),
    ...(service.image && !/:[\w.-]+$/.test(service.image) ? [`${name}: an image without a version`] : []),
    ...Object.keys(service.depends_on ?? {})
      .filter((other) => !compose.services[other])
      .map((other) => `${name}: depends on ${other}`),
    ...(service.volumes ?? [])
      .filter((volume) => !((volume.split(":")[0] as string) in compose.volumes))
      .map((volume) => `${name}: volume ${volume}`),
    ...(service.build
      ? Object.keys(service.environment ?? {})
          .filter((variable) => !known.has(variable))
          .map((variable) => `${name}: ${variable}`)
      : []),
  ]);

describe("docker-compose.yml", () => {
  const compose = parse(read("docker-compose.yml"), { merge: true }) as Compose;
  const known = new Set([...read(".env.example").matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)].map(([, name]) => name as string));

  it("holds the four services, and one that prepares the database", () => {
    expect(Object.keys(compose.services).sort()).toEqual(["postgres", "prepare", "redis", "web", "worker"]);
    expect(known.size).toBeGreaterThan(5);
    expect(faultsOf(compose, known)).toEqual([]);
  });

  it("starts web and worker after the database was prepared, from files that the build makes", () => {
    for (const name of ["web", "worker"])
      expect(compose.services[name]?.depends_on?.prepare?.condition).toBe("service_completed_successfully");
    expect(compose.services.worker?.command).toEqual(["node", "apps/worker/dist/main.js"]);
    expect(read(compose.services.web?.build?.dockerfile as string)).toContain("apps/web/dist/server.js");
  });

  it("is shown to fail on references that lead nowhere", () => {
    const broken: Compose = {
      services: { web: { image: "redis", depends_on: { nobody: { condition: "service_started" } }, volumes: ["none:/x"] } },
      volumes: {},
    };
    expect(faultsOf(broken, known)).toHaveLength(3);
  });
});
