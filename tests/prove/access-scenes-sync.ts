import type { Actor } from "@maru/db/context";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import type { SceneInput } from "./access-scenes";

type Scene = (record: string, actor: Actor) => Promise<SceneInput>;

// A port at which nobody listens: whoever may try a connection is told at once that there is none.
const server = { kind: "AD" as const, url: "ldaps://127.0.0.1:1", bindDn: "cn=reader", baseDn: "dc=example", filter: "(objectClass=user)" };
const mapping = { attributes: { username: "sAMAccountName", name: "displayName" } };

/** Directories and their runs. */
export const syncScenes = ({ db, actors }: TestDoor): Record<string, Scene> => {
  const source = async (record: string): Promise<string> => {
    if (record === "missing") return newId();
    const [id, now] = [newId(), new Date()];
    const times = { createdAt: now, updatedAt: now, updatedById: actors.admin.id };
    return (await db.syncSource.create({ data: { id, ...server, name: id, mapping, ...times } })).id;
  };
  const run = async (record: string, state: "WAITING_APPROVAL" | "DONE" = "DONE"): Promise<string> => {
    if (record === "missing") return newId();
    const data = { id: newId(), sourceId: await source(record), state, isFull: true, isDryRun: false, requestedAt: new Date(), scope: "" };
    return (await db.syncRun.create({ data })).id;
  };
  const ownFile = async ({ id: ownerId }: Actor): Promise<string> => {
    const content = { mediaType: "text/csv", sizeBytes: 1, sha256: newId().replaceAll("-", "").repeat(2) };
    return (await db.file.create({ data: { id: newId(), ownerId, name: "people.csv", state: "READY", ...content } })).id;
  };
  /** A file that was looked into, previewed, or applied. */
  const imported = async (record: string, step?: "previewRunId" | "runId"): Promise<string> => {
    if (record === "missing") return newId();
    const runId = step ? await run(record) : null;
    if (runId) await db.syncRun.update({ where: { id: runId }, data: { total: 1, done: 1 } });
    const sourceId = await source(record);
    const found = { format: "CSV", encoding: "utf-8", hasMark: false, delimiter: ",", rowCount: 1 };
    const columns = [{ name: "사번", samples: [], guess: "employeeNo" }];
    const data = { id: newId(), sourceId, fileId: newId(), fileName: "people.csv", found: { ...found, columns } };
    const steps = step ? { [step]: runId } : {};
    return (await db.syncImport.create({ data: { ...data, ...steps, uploadedById: actors.admin.id, uploadedAt: new Date() } })).id;
  };
  /** The ticket of a test that somebody else has asked for, or of none. */
  const ticket = async (record: string): Promise<string> => {
    const secret = randomSecret();
    const [id, expiresAt] = [newId(), new Date(Date.now() + 60_000)];
    const row = { id, secretHash: sha256(secret), sessionId: newId(), sealed: "nothing that could be opened", expiresAt };
    if (record !== "missing") await db.syncTest.create({ data: row });
    return secret;
  };
  /** An entry with the address of somebody whom no directory knows, or one that was taken in. */
  const claim = async (record: string): Promise<{ runId: string; seq: number; personId: string }> => {
    const runId = await run(record);
    const email = `${newId()}@maru.example`;
    const { id: personId } = await createPerson(db, { email });
    const entry = { externalId: newId(), label: "항목", target: "PERSON", action: "CREATE", after: { email } } as const;
    const outcome = record === "settled" ? ({ status: "APPLIED" } as const) : ({ status: "CONFLICT", error: "emailTaken" } as const);
    if (record !== "missing") await db.syncRunItem.create({ data: { runId, seq: 0, ...entry, ...outcome } });
    return { runId, seq: 0, personId };
  };
  const settings = () => ({ ...server, password: "a password of the access table", mapping });
  return {
    "sync.getConfig": async () => ({}),
    "sync.saveConfig": async () => ({ ...settings(), name: newId() }),
    "sync.testSource": async (record) => ({ ...settings(), id: record === "new" ? null : await source(record) }),
    "sync.beginTest": async (record) => ({ ...settings(), id: record === "new" ? null : await source(record) }),
    "sync.watchTest": async (record) => ({ ticket: await ticket(record) }),
    "sync.exportItems": async (record) => ({ runId: await run(record) }),
    "sync.linkPerson": (record) => claim(record),
    "sync.startRun": async (record) => ({ sourceId: await source(record) }),
    "sync.listRuns": async () => ({}),
    "sync.getStatus": async () => ({}),
    "sync.listSources": async () => ({}),
    "sync.getSource": async (record) => ({ id: await source(record) }),
    "sync.saveSource": async (record) => ({
      ...settings(),
      name: newId(),
      ...(record === "new" ? {} : { id: await source(record), version: 1 }),
    }),
    "sync.deleteSource": async (record) => ({ id: await source(record) }),
    "sync.getRun": async (record) => ({ id: await run(record) }),
    "sync.listItems": async (record) => ({ runId: await run(record) }),
    "sync.approveRun": async (record) => ({ id: await run(record, "WAITING_APPROVAL"), count: 0 }),
    "sync.cancelRun": async (record) => ({ id: await run(record, "WAITING_APPROVAL") }),
    "sync.watchRun": async (record) => ({ id: await run(record) }),
    "sync.startImport": async (record, actor) => ({ fileId: record === "missing" ? newId() : await ownFile(actor) }),
    "sync.getImport": async (record) => ({ id: await imported(record) }),
    "sync.listImports": async () => ({}),
    "sync.previewImport": async (record) => ({ id: await imported(record), fields: ["employeeNo"] }),
    "sync.applyImport": async (record) => ({ id: await imported(record, "previewRunId") }),
    "sync.undoImport": async (record) => ({ id: await imported(record, "runId") }),
    "sync.listImportItems": async (record) => ({ id: await imported(record, "runId"), step: "run" }),
    "sync.getPeopleExport": async () => ({}),
    "sync.requestPeopleExport": async () => {
      // A person waits for one at a time.
      await db.syncExport.deleteMany();
      return { reason: "the access table asks for it" };
    },
  };
};
