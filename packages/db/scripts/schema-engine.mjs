#!/usr/bin/env node
// JSON-RPC stdio shim: speaks the native schema-engine CLI protocol, backed by @prisma/schema-engine-wasm + adapter-pg
import fs from "node:fs";
import { createRequire } from "node:module";
import readline from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const ds = args.includes("--datasource") ? JSON.parse(args[args.indexOf("--datasource") + 1]) : {};
const url = ds.url ?? process.env.DATABASE_URL;
if (args.includes("cli")) {
  const u = new URL(url);
  const dbName = decodeURIComponent(u.pathname.slice(1));
  const cmd = args[args.indexOf("cli") + 1];
  const fail = (code, message) => {
    process.stderr.write(
      "schema-engine-shim\n" +
        JSON.stringify({
          timestamp: new Date().toISOString(),
          level: "ERROR",
          fields: {
            is_panic: false,
            error_code: code,
            message,
            meta: { database_name: dbName, database_host: u.hostname, database_port: Number(u.port || 5432) },
          },
          target: "schema_engine::logger",
        }),
    );
    process.exit(1);
  };
  try {
    if (cmd === "can-connect-to-database") {
      const c = new pg.Client(url);
      await c.connect();
      await c.end();
      process.exit(0);
    }
    u.pathname = "/postgres";
    const c = new pg.Client(u.toString());
    await c.connect();
    if (cmd === "create-database") await c.query(`CREATE DATABASE ${c.escapeIdentifier(dbName)}`);
    else if (cmd === "drop-database") await c.query(`DROP DATABASE IF EXISTS ${c.escapeIdentifier(dbName)} WITH (FORCE)`);
    await c.end();
    process.exit(0);
  } catch (e) {
    fail(e.code === "3D000" ? "P1003" : e.code === "28P01" ? "P1000" : e.code === "42P04" ? "P1009" : "P1001", e.message);
  }
}
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (m) => process.stderr.write(`PANIC ${m}\n`) };
const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
const wasmPath = require.resolve("@prisma/schema-engine-wasm").replace("schema_engine.js", "schema_engine_bg.wasm");
const mod = new WebAssembly.Module(fs.readFileSync(wasmPath));
const inst = new WebAssembly.Instance(mod, { "./schema_engine_bg.js": bg });
bg.__wbg_set_wasm(inst.exports);
inst.exports.__wbindgen_start();
const datamodels = args.flatMap((a, i) => (a === "--datamodels" ? [args[i + 1]] : []));
// 1) discrete fields, never connectionString: adapter-pg's connectToShadowDb spreads {...config, database} and pg lets connectionString win -> shadow = MAIN db!
// 2) adapter-pg cannot read the internal "char" type (OID 18) used by catalog introspection: report it as Character
const wrapQ = (a) => {
  if (!a?.performIO) return a;
  const qr = a.queryRaw,
    io = a.performIO;
  a.queryRaw = async (q) => {
    const idx = [];
    const self = Object.create(a);
    self.performIO = async (x) => {
      const r = await io.call(a, x);
      for (const [i, f] of (r.fields ?? []).entries())
        if (f.dataTypeID === 18) {
          f.dataTypeID = 25;
          idx.push(i);
        }
      return r;
    };
    const res = await qr.call(self, q);
    for (const i of idx) res.columnTypes[i] = ColumnTypeEnum.Character;
    return res;
  };
  if (a.startTransaction) {
    const st = a.startTransaction.bind(a);
    a.startTransaction = async (...z) => wrapQ(await st(...z));
  }
  return a;
};
// 3) adapter-pg drops the shadow db while its own pool is still connected
const oq = pg.Client.prototype.query;
pg.Client.prototype.query = function (q, ...a) {
  if (typeof q === "string" && /^DROP DATABASE "prisma_migrate_shadow_db_[^"]+"$/.test(q)) q += " WITH (FORCE)";
  return oq.call(this, q, ...a);
};
const uu = new URL(url);
const cfg = {
  host: uu.hostname,
  port: Number(uu.port || 5432),
  user: decodeURIComponent(uu.username),
  password: decodeURIComponent(uu.password),
  database: decodeURIComponent(uu.pathname.slice(1)),
};
const fac = new PrismaPg(cfg, { schema: uu.searchParams.get("schema") ?? undefined });
const c0 = fac.connect.bind(fac);
fac.connect = async () => wrapQ(await c0());
const s0 = fac.connectToShadowDb.bind(fac);
fac.connectToShadowDb = async () => {
  const a = await s0();
  a.client?.on?.("error", () => {});
  return wrapQ(a);
}; // 4) FORCE-drop makes the idle shadow pool emit 'error'
const adapter = bindMigrationAwareSqlAdapterFactory(fac);
const engine = await bg.SchemaEngine.new(
  { datamodels: datamodels.length ? datamodels.map((p) => [p, fs.readFileSync(p, "utf8")]) : undefined },
  () => {},
  adapter,
);
const out = (o) => process.stdout.write(`${JSON.stringify(o)}\n`);
let pid = 1e6;
const MAP = { getDatabaseVersion: "version", listMigrationDirectories: null };
let chain = Promise.resolve();
readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    chain = chain.then(async () => {
      let m;
      try {
        m = JSON.parse(line);
      } catch {
        return;
      }
      if (!m.method) return;
      try {
        if (m.method === "createDatabase") {
          return out({ jsonrpc: "2.0", id: m.id, result: { databaseName: "" } });
        }
        const fn = MAP[m.method] ?? m.method;
        if (typeof engine[fn] !== "function") throw { message: `unsupported ${m.method}` };
        let r = await engine[fn](m.params);
        if (m.method === "diff" && r?.stdout != null) {
          out({ jsonrpc: "2.0", id: pid++, method: "print", params: { content: r.stdout } });
          r = { ...r, stdout: null };
        }
        out({ jsonrpc: "2.0", id: m.id, result: r ?? {} });
      } catch (e) {
        out({
          jsonrpc: "2.0",
          id: m.id,
          error: {
            code: 4466,
            message: "An error happened. Check the data field for details.",
            data: {
              is_panic: false,
              message: e?.message ?? String(e),
              backtrace: null,
              ...(e?.code ? { error_code: e.code, meta: e.meta ?? {} } : {}),
            },
          },
        });
      }
    });
  })
  .on("close", () => chain.then(() => process.exit(0)));
