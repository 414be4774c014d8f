import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ClearError } from "./clear-error.mjs";
import { forgetProcess, recordProcess } from "./process-records.mjs";
import { endGroup, waitUntil } from "./processes.mjs";
import { tailOf } from "./run-command.mjs";

/**
 * One process that is kept running.
 *
 * @typedef {{
 *   name: string,
 *   start: () => Promise<RunningService>,
 *   isReady?: () => Promise<boolean>,
 *   readyTimeoutMs?: number,
 *   stopSignal: NodeJS.Signals,
 *   stopTimeoutMs: number,
 *   logFile: string,
 * }} Service
 *
 * @typedef {{ pid: number, exited: Promise<{ code: number | null, signal: string | null }>, stop: () => Promise<void> }} RunningService
 *
 * @typedef {{ service: Service, order: number, running: RunningService | null, boot: Promise<void>, keeping: Promise<void> }} Entry
 */

const bootAttempts = 3;
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** After this time of life a death counts as a new trouble, not as the next one of the same. */
const settledAfterMs = 30_000;

/** Starts services, starts again what dies, and stops everything in the reverse order. */
export class Supervisor {
  /** @type {Entry[]} */
  #entries = [];
  #isStopping = false;
  /** @type {Promise<void> | null} */
  #stopped = null;
  #stopPause = new AbortController();
  #runFolder;
  #say;

  /**
   * @param {{ runFolder: string, say: (line: string) => void }} options runFolder keeps a note of each process, so that a
   *   later start finds what we could not stop
   */
  constructor({ runFolder, say }) {
    this.#runFolder = runFolder;
    this.#say = say;
  }

  /**
   * Starts a service and resolves when it is ready. One that cannot get there is given up with a sentence.
   *
   * @param {Service} service
   */
  async start(service) {
    if (this.#isStopping) return;
    const done = Promise.resolve();
    const entry = /** @type {Entry} */ ({ service, order: this.#entries.length, running: null, boot: done, keeping: done });
    this.#entries.push(entry);
    const boot = this.#boot(entry);
    entry.boot = boot.catch(() => undefined);
    await boot;
    const running = entry.running;
    if (running !== null && !this.#isStopping) entry.keeping = this.#keepRunning(entry, running);
  }

  /** The process number of a running service, or null. @param {string} name */
  findPid(name) {
    return this.#entries.find((entry) => entry.service.name === name)?.running?.pid ?? null;
  }

  /** Stops everything, the last started first; calling it again waits for the same end. */
  stop() {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll() {
    this.#isStopping = true;
    this.#stopPause.abort();
    for (const entry of this.#entries.toReversed()) {
      // A service that is just being started can be stopped once its process is known.
      await entry.boot;
      await this.#stopEntry(entry);
      // It may have died a moment ago and be on its way back.
      await entry.keeping;
      await this.#stopEntry(entry);
      forgetProcess(this.#runFolder, entry.service.name);
    }
  }

  /** @param {Entry} entry */
  async #stopEntry(entry) {
    const { running } = entry;
    entry.running = null;
    await running?.stop();
  }

  /** @param {Entry} entry */
  async #boot(entry) {
    const { service } = entry;
    /** @type {unknown} */
    let lastError = null;
    for (let attempt = 1; attempt <= bootAttempts && !this.#isStopping; attempt++) {
      try {
        const running = await this.#startOnce(entry);
        if (await this.#becomesReady(service, running)) return;
        await running.stop();
      } catch (error) {
        lastError = error;
      }
      entry.running = null;
      await this.#pause(attempt);
    }
    if (this.#isStopping) return;
    if (lastError instanceof ClearError) throw lastError;
    const log = existsSync(service.logFile) ? tailOf(readFileSync(service.logFile, "utf8"), 20) : "";
    throw new ClearError(`${service.name} does not start (tried ${bootAttempts} times). The end of ${service.logFile}:`, log);
  }

  /** @param {Entry} entry */
  async #startOnce(entry) {
    const { service, order } = entry;
    const running = await service.start();
    recordProcess(this.#runFolder, service.name, {
      pid: running.pid,
      order,
      stopSignal: service.stopSignal,
      stopTimeoutMs: service.stopTimeoutMs,
    });
    entry.running = running;
    return running;
  }

  /**
   * @param {Service} service
   * @param {RunningService} running
   */
  async #becomesReady(service, running) {
    const { isReady = async () => true, readyTimeoutMs = 60_000 } = service;
    let hasEnded = false;
    let wasReady = false;
    running.exited.then(() => {
      hasEnded = true;
    });
    await waitUntil(async () => {
      wasReady = !hasEnded && (await isReady());
      return wasReady || hasEnded || this.#isStopping;
    }, readyTimeoutMs);
    return (wasReady && !hasEnded) || this.#isStopping;
  }

  /**
   * Lives as long as the service is wanted.
   *
   * @param {Entry} entry
   * @param {RunningService} first
   */
  async #keepRunning(entry, first) {
    const { name } = entry.service;
    /** @type {RunningService | null} */
    let running = first;
    let startedAt = Date.now();
    let deaths = 0;
    while (!this.#isStopping) {
      if (running !== null) {
        const { code, signal } = await running.exited;
        if (this.#isStopping) return;
        deaths = Date.now() - startedAt > settledAfterMs ? 1 : deaths + 1;
        this.#say(`${name} ended (${signal ?? `code ${code}`}) and is started again`);
        entry.running = null;
        await endGroup(running.pid);
      }
      await this.#pause(deaths);
      if (this.#isStopping) return;
      startedAt = Date.now();
      running = await this.#startOnce(entry).catch((error) => {
        deaths += 1;
        this.#say(`${name} could not be started: ${error.message}`);
        return null;
      });
    }
  }

  /** @param {number} deaths */
  async #pause(deaths) {
    const pauseMs = Math.min(firstPauseMs * 2 ** Math.max(0, deaths - 1), longestPauseMs);
    await sleep(pauseMs, undefined, { signal: this.#stopPause.signal }).catch(() => undefined);
  }
}
