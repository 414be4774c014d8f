import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import type { PeerCertificate, TLSSocket } from "node:tls";
import { dial, type LdapConnection, type LdapSettings, openLdap, readLdapUrl } from "./connection";
import { codeOfSystem, LdapError, type LdapErrorCode, toLdapError } from "./ldap-error";

/** In the order in which a connection goes through them. What compares entries with our own people comes after these, and elsewhere. */
export const LDAP_STAGES = ["name", "tcp", "tls", "startTls", "bind", "server", "base", "filter"] as const;
export type LdapStage = (typeof LDAP_STAGES)[number];

export type StageFacts = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** How one stage went; `code` says why it failed, `facts` what was seen on the way, also of a failure: the certificate that is not trusted. */
export type StageReport = {
  readonly stage: LdapStage;
  readonly state: "passed" | "failed" | "skipped";
  readonly code: LdapErrorCode | null;
  readonly facts: StageFacts;
};

/** What the search would be about. */
export type TestSearch = { readonly base: string; readonly filter: string };

const SAMPLES = 5;

/** A failure that still has something to show. */
class StageFailure extends LdapError {
  constructor(
    code: LdapErrorCode,
    readonly facts: StageFacts,
  ) {
    super(code);
  }
}

const nameOf = (part: PeerCertificate["subject"] | undefined): string => String(part?.CN ?? part?.O ?? "");

const certificateFacts = (socket: TLSSocket): StageFacts => {
  const { subject, issuer, valid_from, valid_to, subjectaltname, fingerprint256 } = socket.getPeerCertificate();
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    names: (subjectaltname ?? "").split(", ").filter((name) => name !== ""),
    validFrom: new Date(valid_from).toISOString(),
    validTo: new Date(valid_to).toISOString(),
    fingerprint: fingerprint256,
    protocol: socket.getProtocol(),
  };
};

/** Looks at the certificate on a line that takes any, and then judges it: so it can be shown when it is refused. */
const inspectTls = async (settings: LdapSettings, signal?: AbortSignal): Promise<StageFacts> => {
  const line = await dial(settings, signal, { isUnverified: true });
  try {
    const { tls } = line;
    if (tls === null) throw new LdapError("protocol", "not encrypted");
    const facts = certificateFacts(tls);
    // Node gives the name of what is wrong here, whatever its types say.
    const problem = tls.authorized ? null : String(tls.authorizationError);
    if (problem !== null) throw new StageFailure(codeOfSystem(problem) ?? "tlsUntrusted", { ...facts, problem });
    return facts;
  } finally {
    await line.close();
  }
};

const resolveName = async (url: string): Promise<StageFacts> => {
  const { host } = readLdapUrl(url);
  const addresses = await lookup(host, { all: true });
  return { host, addresses: addresses.map(({ address }) => address) };
};

const reach = ({ url, timeoutMs }: LdapSettings): Promise<StageFacts> =>
  new Promise((resolve, reject) => {
    const { host, port } = readLdapUrl(url);
    const socket = connect({ host, port });
    const finish = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMs, () => finish(() => reject(new LdapError("timedOut"))));
    socket.once("error", (error) => finish(() => reject(error)));
    socket.once("connect", () => {
      const address = socket.remoteAddress ?? host;
      finish(() => resolve({ address, port }));
    });
  });

const readServer = async (connection: LdapConnection): Promise<StageFacts> => {
  const { kind, host, namingContexts } = await connection.state();
  return { kind, host, namingContexts };
};

const readBase = async (connection: LdapConnection, base: string): Promise<StageFacts> => {
  // The empty name is the server itself, below which everything lies and nothing is found.
  if (base.trim() === "") throw new LdapError("baseUnknown", "no base");
  for await (const [entry] of connection.pages({ base, filter: "(objectClass=*)", attributes: ["objectClass"], scope: "base" })) {
    if (entry) return { dn: entry.dn, objectClasses: entry.all("objectClass") };
  }
  throw new LdapError("baseUnknown", "no such entry, or none that this account may see");
};

const readSamples = async (connection: LdapConnection, { base, filter }: TestSearch): Promise<StageFacts> => {
  const samples: string[] = [];
  let count = 0;
  for await (const entries of connection.pages({ base, filter, attributes: [], pageSize: 1_000 })) {
    count += entries.length;
    samples.push(...entries.slice(0, SAMPLES - samples.length).map(({ dn }) => dn));
  }
  return { count, samples };
};

type Step = { readonly stage: LdapStage; readonly isSkipped?: boolean; readonly work: () => Promise<StageFacts> };

const stepsOf = (settings: LdapSettings, search: TestSearch, signal: AbortSignal | undefined) => {
  const isTls = /^ldaps:/i.test(settings.url);
  let opened: LdapConnection | null = null;
  const connection = () => opened as LdapConnection;
  const open = async () => {
    opened = await openLdap(settings, signal);
    return {};
  };
  const steps: readonly Step[] = [
    { stage: "name", work: () => resolveName(settings.url) },
    { stage: "tcp", work: () => reach(settings) },
    { stage: "tls", isSkipped: !isTls, work: () => inspectTls(settings, signal) },
    { stage: "startTls", isSkipped: isTls || !settings.startTls, work: () => inspectTls(settings, signal) },
    { stage: "bind", work: open },
    { stage: "server", work: () => readServer(connection()) },
    { stage: "base", work: () => readBase(connection(), search.base) },
    { stage: "filter", work: () => readSamples(connection(), search) },
  ];
  return { steps, close: async () => opened?.close() };
};

const failureOf = (stage: LdapStage, error: unknown): StageReport => {
  const facts = error instanceof StageFailure ? error.facts : {};
  return { stage, state: "failed", code: toLdapError(error, stage === "bind" ? "bind" : "connect").code, facts };
};

/**
 * Goes through a connection stage by stage and reports each as it ends: what an administrator needs to mend the one that fails. After a
 * failure the rest is skipped; so is what the settings don't ask for. Nothing is written anywhere. Aborting throws the signal's reason.
 */
export async function* testConnection(settings: LdapSettings, search: TestSearch, signal?: AbortSignal): AsyncGenerator<StageReport> {
  const { steps, close } = stepsOf(settings, search, signal);
  let hasFailed = false;
  try {
    for (const { stage, isSkipped = false, work } of steps) {
      if (hasFailed || isSkipped) {
        yield { stage, state: "skipped", code: null, facts: {} };
        continue;
      }
      const report = await work().then(
        (facts): StageReport => ({ stage, state: "passed", code: null, facts }),
        (error) => failureOf(stage, error),
      );
      signal?.throwIfAborted();
      hasFailed = report.state === "failed";
      yield report;
    }
  } finally {
    await close();
  }
}
