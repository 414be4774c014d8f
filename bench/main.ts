import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { seedLarge } from "@maru/db/seed/large";
import { Client } from "pg";
import { measureActiveDirectory, measureOpenLdap } from "./directory";
import { measureDoors } from "./doors";
import { startInstance } from "./instance";
import { CHART_PEOPLE, measureOrgChart } from "./org-chart";
import { formatTable, type Line } from "./report";
import { fillWithPeople, measureSearch } from "./search";

// `npm run bench` starts PostgreSQL and Redis and runs this program; `main.js bare <recording>` is the limit that Maru is held against.

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the bench with npm run bench`);
  return value;
};

const createDatabase = async (serverUrl: string, name: string): Promise<string> => {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${name}"`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
};

// A database and a Redis of its own for each group of rows.
const placeOf = async (name: string, redisDatabase: number) => ({
  databaseUrl: await createDatabase(required("MARU_TEST_DATABASE_URL"), name),
  redisUrl: `${required("MARU_TEST_REDIS_URL").replace(/\/\d*$/, "")}/${redisDatabase}`,
});

const measureAt = async (posts: number, redisDatabase: number, isFull: boolean) => {
  const { databaseUrl, redisUrl } = await placeOf(`maru_bench_${posts}`, redisDatabase);
  process.stdout.write(`  ${posts.toLocaleString("en")} posts: filling\n`);
  const instance = await startInstance(databaseUrl, redisUrl, { fill: () => seedLarge({ databaseUrl, posts }) });
  try {
    return await measureDoors(instance, redisUrl, { isFull, isQuick: process.argv.includes("--quick") });
  } finally {
    await instance.stop();
  }
};

/** `npm run bench -- search`: the search of people alone. */
const searchAlone = async (): Promise<void> => {
  const { databaseUrl, redisUrl } = await placeOf("maru_bench_search", 13);
  const instance = await startInstance(databaseUrl, redisUrl, { fill: () => fillWithPeople(databaseUrl) });
  try {
    const lines = await measureSearch(instance, redisUrl, process.argv.includes("--quick"));
    process.stdout.write(`\n${formatTable("Search (median of the runs)", lines)}`);
    process.exitCode = lines.every(({ isMet }) => isMet) ? 0 : 1;
  } finally {
    await instance.stop();
  }
};

/** `npm run bench -- org-chart`: the chart of a large organisation in a browser. */
const orgChartAlone = async (): Promise<void> => {
  const { databaseUrl, redisUrl } = await placeOf("maru_bench_chart", 14);
  const instance = await startInstance(databaseUrl, redisUrl, { fill: () => fillWithPeople(databaseUrl, CHART_PEOPLE) });
  try {
    const lines = await measureOrgChart(instance);
    process.stdout.write(`\n${formatTable("The org chart (median of five visits)", lines)}`);
    process.exitCode = lines.every(({ isMet }) => isMet) ? 0 : 1;
  } finally {
    await instance.stop();
  }
};

/** `npm run bench -- directory`: reading directories. */
const directoryAlone = async (): Promise<void> => {
  const isQuick = process.argv.includes("--quick");
  const lines: Line[] = [];
  for (const [name, redisDatabase, measure, more] of [
    ["maru_bench_ad", 9, measureActiveDirectory, isQuick ? 1_000 : 8_500],
    ["maru_bench_openldap", 10, measureOpenLdap, isQuick ? 5_000 : 98_500],
  ] as const) {
    const { databaseUrl, redisUrl } = await placeOf(name, redisDatabase);
    process.stdout.write(`  ${name}: starting\n`);
    const instance = await startInstance(databaseUrl, redisUrl, { fill: async () => undefined });
    try {
      lines.push(...(await measure(instance, more)));
    } finally {
      await instance.stop();
    }
  }
  process.stdout.write(`\n${formatTable("Reading directories", lines)}`);
  process.exitCode = lines.every(({ isMet }) => isMet) ? 0 : 1;
};

const bench = (table: string): string =>
  [
    "# The last measurement",
    "",
    `Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}: Node.js ${process.versions.node}, ${cpus().length} cores, server, database and load generator on one machine.`,
    "",
    "Every door is measured in turns with a bare `node:http` + `pg` server that replays the very statements that Maru sends (recorded from the use case), on a pool of the same size. Maru's side includes session, limits, output parsing and the log line. The median of five turns counts. Stolen is the part of the processors' time that a virtual machine's host gave to others meanwhile.",
    "",
    "```",
    table.trimEnd(),
    "```",
    "",
  ].join("\n");

const main = async (): Promise<void> => {
  process.stdout.write("Measuring on one machine with the load generator beside the server: ratios count, not rates.\n");
  const small = await measureAt(1_000, 11, false);
  const large = await measureAt(100_000, 12, true);
  const growth = large.listP50Ms / small.listP50Ms;
  const lines: Line[] = [
    ...large.lines,
    { what: "list latency, 100,000 posts against 1,000", measured: `${growth.toFixed(2)}x`, target: "<= 1.3x", isMet: growth <= 1.3 },
  ];
  const table = formatTable("Maru, with 100,000 posts (median of the runs)", lines);
  process.stdout.write(`\n${table}`);
  if (process.argv.includes("--write")) writeFileSync("docs/operate/bench.md", bench(table));
  process.exitCode = lines.every(({ isMet }) => isMet) ? 0 : 1;
};

if (process.argv[2] === "bare") await import("./bare-server");
else if (process.argv[2] === "search") await searchAlone();
else if (process.argv[2] === "org-chart") await orgChartAlone();
else if (process.argv[2] === "directory") await directoryAlone();
else await main();
