"use client";
import { Alert } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useErrorText } from "../../../shell/use-error-text";

type DoorMessageProps = {
  readonly failure: unknown;
  /** Said when nothing is wrong. */
  readonly notice: string | null;
};

/** What was refused or done, above the form; spoken as soon as it appears. */
export function DoorMessage({ failure, notice }: DoorMessageProps) {
  const errorText = useErrorText();
  const ref = useRef<HTMLDivElement>(null);
  const { title, description } = failure ? errorText(failure) : { title: null, description: null };
  useEffect(() => {
    if (title) ref.current?.scrollIntoView({ block: "nearest" });
  }, [title]);
  return (
    <div role="alert" ref={ref}>
      {title ? (
        <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={title}>
          {description}
        </Alert>
      ) : null}
      {!title && notice ? (
        <Alert color="pine" icon={<IconCircleCheck size={20} stroke={1.5} />}>
          {notice}
        </Alert>
      ) : null}
    </div>
  );
}
