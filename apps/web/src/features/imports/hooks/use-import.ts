"use client";
import type { ImportView } from "@maru/api/sync/contract";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc/client";
import { isUnderWay } from "../../sync/hooks/use-words";

const LOOKED_AT_EVERY_MS = 1_000;

/** Whether the worker is at it: looks into the file, or does a run of it. */
export const isWorkedAt = ({ found, fault, preview, run, undo }: ImportView): boolean =>
  (found === null && fault === null) || [preview, run, undo].some((one) => one !== null && isUnderWay(one));

/** An import as it goes on; while the worker is at it the page follows it. */
export const useImport = (id: string) =>
  useQuery({
    ...useTRPC().sync.getImport.queryOptions({ id }),
    refetchInterval: ({ state: { data } }) => (data && isWorkedAt(data) ? LOOKED_AT_EVERY_MS : false),
  });
