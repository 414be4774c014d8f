"use client";
import { type MantineColorScheme, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/client";

/** Light, dark or the device's choice: kept with the account, and in this browser's cookie for the first drawing of the next page. */
export const useSchemeChoice = () => {
  const trpc = useTRPC();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const inForce = useComputedColorScheme("light");
  const { mutate } = useMutation(trpc.identity.updateProfile.mutationOptions());
  const choose = (next: MantineColorScheme) => {
    setColorScheme(next);
    mutate({ colorScheme: next });
  };
  return { colorScheme, choose, toggle: () => choose(inForce === "dark" ? "light" : "dark") };
};
