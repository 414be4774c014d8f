import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Answer = { readonly status?: number; readonly body: unknown };

/**
 * For tests: a server that speaks OAuth 2.0 with an address for the user, as GitHub and Naver document theirs. It knows one code, gives it out
 * once, and takes it with the verifier of its challenge.
 */
export const startTestUserServer = async () => {
  const state = { user: {} as unknown, challenge: "", isUsed: false, asked: [] as URLSearchParams[] };
  const tokenOf = async (request: IncomingMessage): Promise<Answer> => {
    const form = new URLSearchParams(await text(request));
    state.asked.push(form);
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    // Both of them refuse with status 200.
    if (form.get("code") !== "the-code" || state.isUsed || challenge !== state.challenge)
      return { body: { error: "bad_verification_code", error_description: "The code passed is incorrect or expired." } };
    state.isUsed = true;
    return { body: { access_token: "the-access-token", token_type: "bearer", expires_in: "3600" } };
  };
  const answerOf = async (request: IncomingMessage): Promise<Answer> => {
    if (request.method === "POST") return tokenOf(request);
    return request.headers.authorization === "Bearer the-access-token" ? { body: state.user } : { status: 401, body: {} };
  };
  const server = createServer(async (request, response) => {
    const { status = 200, body } = await answerOf(request);
    response.writeHead(status, { "content-type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    state,
    /** What the browser comes back with after its person has agreed. */
    agree: (request: URL): string => {
      state.challenge = request.searchParams.get("code_challenge") ?? "";
      state.isUsed = false;
      return new URLSearchParams({ code: "the-code", state: request.searchParams.get("state") ?? "" }).toString();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
