"use client";
import { Combobox } from "@mantine/core";
import { MarkedText } from "@maru/ui/marked-text";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconSitemap } from "@tabler/icons-react";
import classes from "./people-picker.module.css";
import type { Choice } from "./picks";

/** A person or department that can be chosen; the number tells homonyms apart. */
export function PickerOption({ choice }: { readonly choice: Choice }) {
  const { id, person, text, marks, caption, number } = choice;
  return (
    <Combobox.Option value={id} className={classes.option}>
      {person ? <PersonAvatar person={person} size={24} /> : <IconSitemap size={20} stroke={1.5} aria-hidden />}
      <span className={classes.text}>
        <MarkedText text={text} ranges={marks} />
      </span>
      <span className={classes.caption}>{[caption, number].filter(Boolean).join(" · ")}</span>
    </Combobox.Option>
  );
}
