/** What every answer carries, whoever gives it. */
export const securityHeaders = (options: { isSecure: boolean }): Readonly<Record<string, string>> => ({
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  ...(options.isSecure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
});

/** The policy of answers that are data: nothing in them may run, load or be framed. */
export const DATA_POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/**
 * The policy of a page. Scripts run by nonce alone, and those may load more (`strict-dynamic`). Inline styles are allowed, because the
 * component library writes its variables and positions into style attributes and elements; a style can't read a page's data here, since
 * images, fonts and connections come from our own origin only.
 */
export const pagePolicy = (nonce: string, options: { isSecure: boolean }): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(options.isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
