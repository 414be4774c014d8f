import { IconBeach, IconDevices, IconFileDownload, IconKey, IconLock, IconShieldLock, IconUserCircle } from "@tabler/icons-react";
import type { ComponentType } from "react";

/** A page of the settings; `label` is a key of the feature's catalogue. */
type SettingsPlace = {
  readonly href: string;
  readonly label: string;
  readonly icon: ComponentType<{ readonly size?: number | string; readonly stroke?: number | string }>;
};

/** The pages of one's account, in their order. The first is where the settings begin. */
export const SETTINGS_PLACES: readonly [SettingsPlace, ...SettingsPlace[]] = [
  { href: "/settings/profile", label: "profile.place", icon: IconUserCircle },
  { href: "/settings/absence", label: "absencePlace", icon: IconBeach },
  { href: "/settings/password", label: "password.place", icon: IconLock },
  { href: "/settings/security", label: "security.place", icon: IconShieldLock },
  { href: "/settings/sessions", label: "sessions.place", icon: IconDevices },
  { href: "/settings/tokens", label: "tokens.place", icon: IconKey },
  { href: "/settings/privacy", label: "privacy.place", icon: IconFileDownload },
];
