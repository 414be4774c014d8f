/** Holds the secret of a browser that is away at another provider. */
export const EXTERNAL_COOKIE = "maru.external";
/** Holds the half of a sign-in that such a provider was good for, until the second factor. */
export const HALF_COOKIE = "maru.half";

/** With https the browser itself holds a cookie to this host, this path and encrypted connections. */
export const cookieName = (origin: string, name: string): string => (origin.startsWith("https:") ? `__Host-${name}` : name);

/** A cookie that no script reads, as next-auth writes its own. */
export const writeCookie = (name: string, value: string, expiresAt: Date): string =>
  `${name}=${value}; Path=/; Expires=${expiresAt.toUTCString()}; HttpOnly; SameSite=Lax${name.startsWith("__Host-") ? "; Secure" : ""}`;
