"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Whether a click follows a link of this site in this tab. */
const followedLink = (event: MouseEvent): string | null => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download")) return null;
  return link.origin === window.location.origin ? link.pathname + link.search + link.hash : null;
};

/**
 * Asks before a page is left with work that leaving would break off. Closing the tab asks in the browser's own words; a link inside the
 * product is held until the person has answered.
 */
export const useLeaveGuard = (isAtRisk: boolean) => {
  const router = useRouter();
  const [heldPath, setHeldPath] = useState<string | null>(null);
  useEffect(() => {
    if (!isAtRisk) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const path = followedLink(event);
      if (path === null) return;
      event.preventDefault();
      event.stopPropagation();
      setHeldPath(path);
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [isAtRisk]);
  return {
    isAsking: heldPath !== null,
    stay: () => setHeldPath(null),
    leave: () => {
      if (heldPath) router.push(heldPath);
      setHeldPath(null);
    },
  };
};
