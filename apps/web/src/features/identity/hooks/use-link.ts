"use client";
import type { LinkView } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "../../../trpc/client";

type OpenedLink = {
  /** Null until it was looked for, and where the address has none. */
  readonly token: string | null;
  /** Whom it is for; null until that is known. */
  readonly link: LinkView | null;
  readonly failure: unknown;
  readonly isLooking: boolean;
};

const NAME = "#token=";

/**
 * The link that led here. Its token stands behind the #, which no server sees; it is taken out of the address at once, so that it stays in no
 * history, and is sent in a request's body.
 */
export const useLink = (): OpenedLink => {
  const [token, setToken] = useState<string | null>(null);
  const [hasLooked, setLooked] = useState(false);
  const wasRead = useRef(false);
  const { mutate, data, error, isPending } = useMutation(useTRPC().identity.readLink.mutationOptions({ retry: false }));
  useEffect(() => {
    if (wasRead.current) return;
    wasRead.current = true;
    const { hash, pathname, search } = window.location;
    if (hash.startsWith(NAME)) {
      const found = decodeURIComponent(hash.slice(NAME.length));
      window.history.replaceState(window.history.state, "", pathname + search);
      setToken(found);
      mutate({ token: found });
    }
    setLooked(true);
  }, [mutate]);
  return { token, link: data ?? null, failure: error, isLooking: !hasLooked || isPending };
};
