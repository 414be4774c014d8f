import { IconDevices, IconKey } from "@tabler/icons-react";
import type { ComponentType } from "react";

/** A page of the settings; `label` is a key of the feature's catalogue. */
type SettingsPlace = {
  readonly href: string;
  readonly label: string;
  readonly icon: ComponentType<{ readonly size?: number | string; readonly stroke?: number | string }>;
};

/** The pages of one's account, in their order. The first is where the settings begin. */
export const SETTINGS_PLACES: readonly [SettingsPlace, ...SettingsPlace[]] = [
  { href: "/settings/sessions", label: "sessions.place", icon: IconDevices },
  { href: "/settings/tokens", label: "tokens.place", icon: IconKey },
];
