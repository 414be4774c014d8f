"use client";
import { UnstyledButton } from "@mantine/core";
import { IconHeart, IconHeartFilled } from "@tabler/icons-react";
import classes from "./like-button.module.css";

export type LikeButtonProps = {
  readonly isLiked: boolean;
  readonly count: number;
  /** The word on the button: 좋아요. It does not change with the state; `aria-pressed` says it. */
  readonly label: string;
  readonly onToggle?: () => void;
  readonly isDisabled?: boolean;
};

/** Likes something, or takes it back. The room of the button does not change with its state. */
export function LikeButton({ isLiked, count, label, onToggle, isDisabled = false }: LikeButtonProps) {
  const Heart = isLiked ? IconHeartFilled : IconHeart;
  return (
    <UnstyledButton className={classes.button} aria-pressed={isLiked} onClick={onToggle} disabled={isDisabled}>
      <Heart size={18} stroke={1.5} aria-hidden />
      <span>{label}</span>
      <span className={classes.count}>{count}</span>
    </UnstyledButton>
  );
}
