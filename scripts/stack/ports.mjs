import { createServer } from "node:net";
import { ClearError } from "./clear-error.mjs";

/**
 * A port on loopback that nobody listens on at this moment.
 *
 * @returns {Promise<number>}
 */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * What keeps us from listening there: an error code such as EADDRINUSE, or null when nothing does.
 *
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | null>}
 */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? "unknown"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * Reads the wanted port; 0 means any free one.
 *
 * @param {string | undefined} text
 */
export async function readPort(text) {
  const port = Number(text || "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ClearError(`PORT=${text} is not a port: give a number between 1 and 65535, such as PORT=3000.`);
  }
  return port === 0 ? findFreePort() : port;
}

/**
 * @param {number} port
 * @param {string} host
 */
export async function requireFreePort(port, host) {
  const obstacle = await tryToListen(port, host);
  if (obstacle === null) return;
  if (obstacle === "EADDRINUSE") {
    const other = port === 65_535 ? 3000 : port + 1;
    throw new ClearError(`Port ${port} is already taken: stop what listens there, or choose another port, as in PORT=${other} npm start.`);
  }
  if (obstacle === "EACCES") {
    throw new ClearError(`Port ${port} may only be used by root: choose a port above 1023, as in PORT=3000 npm start.`);
  }
  throw new ClearError(`Maru cannot listen at ${host}:${port} (${obstacle}): check MARU_HOST and PORT.`);
}
