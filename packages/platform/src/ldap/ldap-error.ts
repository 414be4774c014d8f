import { ResultCodeError } from "ldapts";

/** Why a directory server could not give what was asked; few and closed, so that every one of them has words on the screen. */
export const LDAP_ERROR_CODES = [
  "nameUnknown",
  "unreachable",
  "timedOut",
  "tlsUntrusted",
  "tlsWrongName",
  "tlsExpired",
  "startTlsRefused",
  "badPassword",
  "accountDisabled",
  "accountExpired",
  "passwordExpired",
  "mustChangePassword",
  "accountLocked",
  "strongAuthRequired",
  "baseUnknown",
  "filterInvalid",
  "incomplete",
  "busy",
  "unavailable",
  "protocol",
] as const;
export type LdapErrorCode = (typeof LDAP_ERROR_CODES)[number];

/** A directory server's refusal or absence. Its message is for the log: it holds what the server said, and never a password. */
export class LdapError extends Error {
  readonly code: LdapErrorCode;

  constructor(code: LdapErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.name = "LdapError";
    this.code = code;
  }
}

/** What was being done when it failed: the same result code means another thing to each of them. */
export type LdapStep = "connect" | "startTls" | "bind" | "search";

/** What Active Directory writes behind `data` in the message of a refused bind, in hexadecimal. */
const BIND_DATA: Readonly<Record<string, LdapErrorCode>> = {
  // Nobody of this name: it is not told apart from a wrong password, as it is nowhere else.
  "525": "badPassword",
  "52e": "badPassword",
  // Not at this hour, not from this machine: the person can't mend it, an administrator of the directory can.
  "530": "accountDisabled",
  "531": "accountDisabled",
  "532": "passwordExpired",
  "533": "accountDisabled",
  "701": "accountExpired",
  "773": "mustChangePassword",
  "775": "accountLocked",
};

/** LDAP result codes, of whatever step. */
const RESULTS: Readonly<Record<number, LdapErrorCode>> = {
  3: "incomplete",
  4: "incomplete",
  8: "strongAuthRequired",
  // A referral: this part of the tree stands on another server.
  10: "baseUnknown",
  11: "incomplete",
  13: "strongAuthRequired",
  18: "filterInvalid",
  32: "baseUnknown",
  34: "baseUnknown",
  // May not be seen by this account, which most servers don't tell apart from not being there.
  50: "baseUnknown",
  51: "busy",
  52: "unavailable",
};

/** A bind knows one more group: a name that is none or is not there is as wrong as its password. */
const BIND_RESULTS: Readonly<Record<number, LdapErrorCode>> = {
  32: "badPassword",
  34: "badPassword",
  48: "strongAuthRequired",
  49: "badPassword",
  50: "accountDisabled",
};

const SYSTEM: Readonly<Record<string, LdapErrorCode>> = {
  ENOTFOUND: "nameUnknown",
  EAI_AGAIN: "nameUnknown",
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  EPIPE: "unreachable",
  ETIMEDOUT: "timedOut",
  CERT_HAS_EXPIRED: "tlsExpired",
  CERT_NOT_YET_VALID: "tlsExpired",
  ERR_TLS_CERT_ALTNAME_INVALID: "tlsWrongName",
};

/** How OpenSSL begins the names of what it holds against a chain of certificates. */
const UNTRUSTED = /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|CRL_|INVALID_|PATH_LENGTH_|HOSTNAME_|ERR_OSSL_PEM|ERR_CRYPTO)/;

/** The code of a failure of the system or of TLS by its name, such as ECONNREFUSED or CERT_HAS_EXPIRED; null for others. */
export const codeOfSystem = (name: string): LdapErrorCode | null => SYSTEM[name] ?? (UNTRUSTED.test(name) ? "tlsUntrusted" : null);

/** The code of a result that a server gave; `message` is what it wrote beside it. */
export const codeOfResult = (result: number, message: string, step: LdapStep): LdapErrorCode => {
  if (step === "startTls") return "startTlsRefused";
  if (step !== "bind") return RESULTS[result] ?? "protocol";
  const data = /\bdata ([0-9a-f]+)\b/i.exec(message)?.[1]?.toLowerCase();
  return (result === 49 && BIND_DATA[data ?? ""]) || BIND_RESULTS[result] || RESULTS[result] || "protocol";
};

const systemNameOf = (error: Error): string => {
  // A name with several addresses fails once for each of them.
  const first = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : error;
  return String((first as { code?: unknown } | undefined)?.code ?? "");
};

/** Any failure of a step as an LdapError. What the client library calls by sentences alone is told by these. */
export const toLdapError = (error: unknown, step: LdapStep): LdapError => {
  if (error instanceof LdapError) return error;
  if (!(error instanceof Error)) return new LdapError("protocol", String(error));
  const { message } = error;
  if (error instanceof ResultCodeError) return new LdapError(codeOfResult(error.code, message, step), message, { cause: error });
  if (/timed out|timeout/i.test(message)) return new LdapError("timedOut", message, { cause: error });
  const code = codeOfSystem(systemNameOf(error)) ?? (/socket|connection/i.test(message) ? "unavailable" : "protocol");
  return new LdapError(code, message, { cause: error });
};
