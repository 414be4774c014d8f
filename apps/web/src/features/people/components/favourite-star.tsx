"use client";
import { ActionIcon } from "@mantine/core";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import { useDirectoryChange } from "../hooks/use-directory-change";
import classes from "./people-marks.module.css";

type FavouriteStarProps = { readonly kind: "PERSON" | "DEPARTMENT"; readonly id: string; readonly isFavourite: boolean };

/** Keeps a person or a department at hand. The star turns at once; what was refused turns it back. */
export function FavouriteStar({ kind, id, isFavourite }: FavouriteStarProps) {
  const t = useTranslations("people.atHand");
  const { readAgain, failed } = useDirectoryChange();
  const { mutate, isPending, variables } = useMutation(
    useTRPC().directory.setFavourite.mutationOptions({ onSuccess: readAgain, onError: failed }),
  );
  const isKept = isPending ? variables.isFavourite : isFavourite;
  const Star = isKept ? IconStarFilled : IconStar;
  return (
    <ActionIcon
      className={classes.star}
      size={32}
      aria-pressed={isKept}
      aria-label={t("keep")}
      data-kept={isKept || undefined}
      onClick={() => mutate({ kind, id, isFavourite: !isKept })}
    >
      <Star size={20} stroke={1.5} aria-hidden />
    </ActionIcon>
  );
}
