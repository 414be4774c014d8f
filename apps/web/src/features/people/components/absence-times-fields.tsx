"use client";
import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { AbsenceTimes } from "../absence-times";
import classes from "./people-marks.module.css";

type AbsenceTimesFieldsProps = {
  readonly times: AbsenceTimes;
  readonly error: string | undefined;
  readonly onChange: (times: AbsenceTimes) => void;
};

/** From when until when: days, and hours where it is not of whole days. The browser's own calendar knows the reader's language and keys. */
export function AbsenceTimesFields({ times, error, onChange }: AbsenceTimesFieldsProps) {
  const t = useTranslations("people.absence");
  const field = (name: "fromDay" | "toDay" | "fromTime" | "toTime") => ({
    label: t(name),
    value: times[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange({ ...times, [name]: event.currentTarget.value }),
  });
  return (
    <div className={classes.times}>
      <TextInput type="date" max="2999-12-31" {...field("fromDay")} />
      <TextInput type="date" min={times.fromDay || undefined} max="2999-12-31" error={error} {...field("toDay")} />
      {times.isWholeDays ? null : (
        <>
          <TextInput type="time" {...field("fromTime")} />
          <TextInput type="time" {...field("toTime")} />
        </>
      )}
    </div>
  );
}
