import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { runDirectoryProgram } from "./directory-programs.mjs";
import { recordProcess } from "./process-records.mjs";
import { identify, sendSignal, startProcess, stopProcess, waitUntil } from "./processes.mjs";
import { tailOf } from "./run-command.mjs";
import { removeTestFolder } from "./test-folder.mjs";

/** @typedef {{ ca: string, caFile: string, certFile: string, keyFile: string }} Certificates ca is the authority's certificate itself */

/**
 * A loopback address where nobody listens on these ports: a domain controller's ports are fixed, so each gets an address of its own.
 *
 * @param {readonly number[]} ports
 * @returns {Promise<string>}
 */
export async function findFreeAddress(ports) {
  for (let attempt = 0; attempt < 20; attempt++) {
    const address = ["127", randomInt(64, 255), randomInt(1, 255), randomInt(1, 255)].join(".");
    const areFree = await Promise.all(ports.map((port) => canListen(address, port)));
    if (areFree.every(Boolean)) return address;
  }
  throw new ClearError(
    `No loopback address is free on the ports ${ports.join(", ")}: this user may not listen there, or something does on all.`,
  );
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * An authority and a certificate of it for this address, valid for a month, or already expired.
 *
 * @param {string} folder
 * @param {{ address: string, names?: readonly string[], isExpired?: boolean }} options names besides `localhost`
 * @returns {Promise<Certificates>}
 */
export async function makeCertificates(folder, { address, names = [], isExpired = false }) {
  const file = (/** @type {string} */ name) => join(folder, name);
  const openssl = (/** @type {string[]} */ ...args) => runDirectoryProgram("openssl", args, { cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await openssl("req", "-x509", ...newKey, "-days", "30", "-subj", "/CN=Maru test authority", "-keyout", "ca.key", "-out", "ca.pem");
  await openssl("req", ...newKey, "-subj", `/CN=${address}`, "-keyout", "key.pem", "-out", "request.pem");
  const alternatives = [`IP:${address}`, ...["localhost", ...names].map((name) => `DNS:${name}`)].join(",");
  writeFileSync(file("extensions"), `subjectAltName=${alternatives}\nextendedKeyUsage=serverAuth\n`);
  const signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "extensions"];
  await openssl("x509", "-req", "-in", "request.pem", ...signing, "-days", isExpired ? "-1" : "30", "-out", "cert.pem");
  return { ca: readFileSync(file("ca.pem"), "utf8"), caFile: file("ca.pem"), certFile: file("cert.pem"), keyFile: file("key.pem") };
}

/**
 * Starts a directory server in its folder and waits until it answers at a port. It ends with us, at the latest.
 *
 * @param {{ name: string, command: string, args: string[], folder: string, address: string, port: number }} options
 */
export async function startDirectoryProcess({ name, command, args, folder, address, port }) {
  const logFile = join(folder, "logs", `${name}.log`);
  const server = await startProcess(command, args, { cwd: folder, logFile });
  const identity = identify(server.pid) ?? { pid: server.pid, started: "" };
  recordProcess(join(folder, "run"), name, { pid: server.pid, order: 0, stopSignal: "SIGTERM", stopTimeoutMs: 5_000 });
  const endAtExit = () => {
    sendSignal(-server.pid, "SIGKILL");
    removeTestFolder(folder);
  };
  process.once("exit", endAtExit);
  const stop = async () => {
    await stopProcess(identity, { timeoutMs: 5_000 });
    process.removeListener("exit", endAtExit);
  };
  const isReady = await waitUntil(async () => server.hasExited() || (await accepts(address, port)), 30_000, 20);
  if (isReady && !server.hasExited()) return { pid: server.pid, stop };
  await stop();
  throw new ClearError(`${name} did not start.`, tailOf(existsSync(logFile) ? readFileSync(logFile, "utf8") : "", 20));
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
