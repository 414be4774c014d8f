"use client";
import type { InboxView } from "@maru/api/notification/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc/client";

/** The badge, as the server last told it. */
export const useInbox = () => {
  const trpc = useTRPC();
  return useQuery(trpc.notification.getInbox.queryOptions({})).data;
};

/** What every command on notifications does afterwards: the badge takes the answer, the lists are read again. */
const useAfterwards = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (inbox: InboxView) => {
    queryClient.setQueryData(trpc.notification.getInbox.queryKey({}), inbox);
    void queryClient.invalidateQueries(trpc.notification.listNotifications.pathFilter());
  };
};

/** Marks one as read. The stream tells the other tabs. */
export const useReadNotification = () => {
  const trpc = useTRPC();
  const { mutate } = useMutation(trpc.notification.markRead.mutationOptions({ onSuccess: useAfterwards() }));
  return (id: string) => mutate({ id });
};

/** Marks everything as seen that stands in an opened list: the bell falls silent, in every tab. */
export const useSeeNotifications = () => {
  const trpc = useTRPC();
  const { mutate } = useMutation(trpc.notification.markSeen.mutationOptions({ onSuccess: useAfterwards() }));
  return mutate;
};

export const useReadAll = () => {
  const trpc = useTRPC();
  return useMutation(trpc.notification.markAllRead.mutationOptions({ onSuccess: useAfterwards() }));
};
