import "@maru/db/compact-wasm";
import { fileURLToPath } from "node:url";
import { createLog } from "@maru/platform/log";
import { createMailer } from "@maru/platform/mail";
import { BootFailure } from "./boot-checks";
import { readWorkerEnv } from "./env";
import { createWorkerImages } from "./media/images";
import { reactions } from "./reactions";
import { startWorker } from "./worker";

const env = readWorkerEnv();
const log = createLog({ service: "worker", level: env.LOG_LEVEL });

/** The log is written before the process is gone. */
const end = (code: number): void => {
  log.flush(() => process.exit(code));
};

process.on("unhandledRejection", (error) => {
  log.fatal({ err: error }, "a failure that nobody handled");
  end(1);
});

try {
  const worker = await startWorker({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    dataDir: env.MARU_DATA_DIR,
    secret: env.MARU_SECRET,
    keys: env.MARU_KEYS,
    formerSecrets: env.MARU_FORMER_SECRETS,
    auditKeptDays: env.MARU_AUDIT_KEPT_DAYS,
    poolSize: env.MARU_WORKER_POOL_SIZE,
    port: env.WORKER_PORT,
    migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    reactions,
    images: createWorkerImages(log),
    mailer: env.MARU_SMTP_URL && env.MARU_MAIL_FROM ? createMailer({ url: env.MARU_SMTP_URL, from: env.MARU_MAIL_FROM }) : null,
    origin: env.MARU_URL,
    log,
    onWedged: () => {
      log.fatal("no canary job ran for 90 s although Redis answers: the worker is wedged and ends");
      end(1);
    },
  });
  log.info({ port: worker.port }, "the worker is ready");
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "the worker stops");
    await worker.stop();
    log.info("the worker has stopped");
    end(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
} catch (error) {
  if (!(error instanceof BootFailure)) throw error;
  for (const reason of error.reasons) {
    log.fatal(reason);
    process.stderr.write(`${reason}\n`);
  }
  end(1);
}
