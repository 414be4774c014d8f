import type { AppRouter } from "@maru/api";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { failureOf } from "./failure";

/**
 * A mutation that is refused for want of a recent password asks for it and is sent again, under the same key: a screen need not know which of
 * its calls are sensitive. Asked once: a second refusal is the screen's to tell.
 */
export const passwordLink =
  (ask: () => Promise<boolean>): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isOver = false;
      let hasAsked = false;
      const send = () =>
        next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (hasAsked || op.type !== "mutation" || failureOf(error).code !== "identity.passwordNeeded") return observer.error(error);
            hasAsked = true;
            void ask().then((isConfirmed) => {
              if (isOver) return;
              if (isConfirmed) sent = send();
              else observer.error(error);
            });
          },
        });
      let sent = send();
      return () => {
        isOver = true;
        sent.unsubscribe();
      };
    });
