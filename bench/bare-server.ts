import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { newId } from "@maru/platform/crypto/id";
import { Pool, type PoolClient, types } from "pg";
import type { Statement } from "./recorder";

// The limit that Maru is held against: node:http and pg, nothing else. It replays the statements that Maru sent, prepared under the same
// names, on a pool of the same size, and answers the rows as JSON. Run as `main.js bare <recordings.json>`; it prints its port.

export type Recording = {
  readonly path: string;
  readonly isTransaction: boolean;
  readonly statements: readonly Statement[];
  readonly freshIds: readonly string[];
};
type Settings = { readonly databaseUrl: string; readonly poolSize: number; readonly recordings: readonly Recording[] };

types.setTypeParser(types.builtins.INT8, Number);

const settings = JSON.parse(readFileSync(process.argv[3] as string, "utf8")) as Settings;
const pool = new Pool({ connectionString: settings.databaseUrl, max: settings.poolSize });
const recordings = new Map(settings.recordings.map((recording) => [recording.path, recording]));

const replay = async (runner: Pick<PoolClient, "query">, { statements, freshIds }: Recording): Promise<unknown[]> => {
  const ids = new Map(freshIds.map((id) => [id, newId()]));
  const rows: unknown[] = [];
  for (const { name, text, values } of statements) {
    const bound = ids.size === 0 ? values : values.map((value) => (value === "{key}" ? newId() : (ids.get(value as string) ?? value)));
    rows.push((await runner.query({ name, text, values: [...bound] })).rows);
  }
  return rows;
};

const replayInTransaction = async (recording: Recording): Promise<unknown[]> => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const rows = await replay(client, recording);
    await client.query("COMMIT");
    return rows;
  } finally {
    client.release();
  }
};

const server = createServer(async (request, response) => {
  const recording = recordings.get(request.url ?? "");
  if (!recording) {
    response.writeHead(404).end();
    return;
  }
  for await (const _chunk of request);
  const rows = await (recording.isTransaction ? replayInTransaction(recording) : replay(pool, recording));
  const body = JSON.stringify(rows);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});
