"use client";
import type { InboxView, NotificationView } from "@maru/api/notification/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useAccount } from "../../../shell/account";
import { useTRPC } from "../../../trpc/client";
import type { TabItem } from "../stream/hub";
import { applyStreamItem, type InboxState } from "../stream/inbox-state";
import { openStream, type StreamPlace } from "../stream/open-stream";

/** What arrives in one go, as after a lost connection, is told in one go. */
const GATHER_MS = 250;

/** Keeps the bell and every list of this tab in step with the one stream of the browser, and hands on what is new. Used once, in the frame. */
export const useNotificationStream = (inbox: InboxView | undefined, onFresh: (fresh: readonly NotificationView[]) => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { person } = useAccount();
  const begin = useRef(inbox);
  const tell = useRef(onFresh);
  useEffect(() => {
    tell.current = onFresh;
  }, [onFresh]);
  begin.current ??= inbox;
  const isReady = inbox !== undefined;

  useEffect(() => {
    if (!isReady) return;
    let state: InboxState = { lastSeq: begin.current?.lastSeq ?? 0, unseen: begin.current?.unseen ?? 0 };
    let gathered: NotificationView[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let place: StreamPlace | null = null;
    let isGone = false;

    const flush = () => {
      timer = undefined;
      const fresh = gathered;
      gathered = [];
      void queryClient.invalidateQueries(trpc.notification.listNotifications.pathFilter());
      if (fresh.length > 0) tell.current(fresh);
    };
    const take = (item: TabItem) => {
      if (isGone) return;
      // Asked once more by the page itself: whoever has no session any more is led to the sign-in page, and nothing stays on the screen.
      if (item.type === "signed-out") return void queryClient.invalidateQueries(trpc.notification.getInbox.pathFilter());
      const change = applyStreamItem(state, item);
      state = change.state;
      if (change.fresh) gathered.push(change.fresh);
      queryClient.setQueryData(trpc.notification.getInbox.queryKey({}), { unseen: state.unseen, lastSeq: state.lastSeq });
      timer ??= setTimeout(flush, GATHER_MS);
    };
    const join = () => place?.join({ type: "join", personId: person.id, afterSeq: state.lastSeq });
    const leave = () => place?.leave();
    // A page that sleeps in the history holds no connection; when it wakes it asks for what it has missed.
    const wake = (event: PageTransitionEvent) => event.persisted && join();

    void openStream(take).then((opened) => {
      place = opened;
      if (!isGone) join();
    });
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", wake);
    return () => {
      isGone = true;
      clearTimeout(timer);
      leave();
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", wake);
    };
  }, [isReady, person.id, queryClient, trpc]);
};
