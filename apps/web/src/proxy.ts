import { pagePolicy } from "@maru/platform/http/headers";
import { type NextRequest, NextResponse } from "next/server";

const NONCE_BYTES = 16;

const newNonce = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString("base64");

/**
 * Gives each page its nonce and its policy, and nothing else: who may see a page is decided where its data is read. Next.js finds the nonce
 * in the request's own policy header and writes it on its scripts.
 */
export const proxy = (request: NextRequest): NextResponse => {
  const nonce = newNonce();
  const policy = pagePolicy(nonce, { isSecure: request.headers.get("x-forwarded-proto") === "https" });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  // Where a stranger is led back to after signing in: a layout knows no path of its own.
  headers.set("x-maru-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // A page carries what its reader may see.
  response.headers.set("cache-control", "private, no-store");
  return response;
};

export const config = { matcher: ["/((?!api/|_next/static|_next/image|favicon|icons/|fonts/).*)"] };
