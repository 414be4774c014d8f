import type { DoorContext, Maru } from "@maru/api";
import { type Authenticated, GUEST_ACTOR } from "@maru/api/identity/service";
import type { Tokens } from "@maru/platform/crypto/token";
import { canonicalJson } from "@maru/platform/http";

type Ctx = ReturnType<Maru["contextFor"]>;
export type Once = { readonly kind: "command"; readonly key: string; readonly procedure: string; readonly requestHash: string };
type Request = DoorContext["origin"] & { readonly requestId: string };

/** Where a door context comes from. The guest's half is made only when an open procedure asks for it: hardly any does. */
class RequestContext implements DoorContext {
  readonly #maru: Maru;
  readonly app: Ctx | null;
  readonly requestId: string;
  readonly origin: DoorContext["origin"];

  constructor(maru: Maru, request: Request, app: Ctx | null) {
    this.#maru = maru;
    this.app = app;
    const { requestId, ...origin } = request;
    this.requestId = requestId;
    this.origin = origin;
  }

  get guest(): Ctx {
    return this.#maru.contextFor({
      actor: GUEST_ACTOR,
      requestId: this.requestId,
      log: this.#maru.log.child({ requestId: this.requestId }),
    });
  }
}

/** What a procedure is called with. A command gets a log of its own that names the request; reads do without, they have nothing to tell. */
export const createDoorContext = (
  maru: Maru,
  request: Request,
  authenticated: Authenticated | null,
  command?: { readonly once: Once | undefined },
): DoorContext => {
  if (!authenticated) return new RequestContext(maru, request, null);
  const { requestId } = request;
  const log = command ? maru.log.child({ requestId }) : maru.log;
  return new RequestContext(maru, request, maru.contextFor({ actor: authenticated.actor, requestId, log, once: command?.once }));
};

/** Makes a command happen once: the same key with the same input is the same command. */
export type OnceOf = (key: string, procedure: string, input: unknown) => Once;

/** What is kept of an input is a code that only the server can make: passwords stand in some inputs, and nobody shall guess them from it. */
export const createOnceOf =
  ({ derive }: Pick<Tokens, "derive">): OnceOf =>
  (key, procedure, input) => ({ kind: "command", key, procedure, requestHash: derive(`command ${canonicalJson(input)}`) });
