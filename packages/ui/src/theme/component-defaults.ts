import type { MantineThemeComponents } from "@mantine/core";

/** Things come and go in 140 ms, and only fade: nothing flies. */
const quietTransition = { transition: "fade", duration: 140 } as const;

const small = { defaultProps: { size: "sm" } };
const dialog = {
  defaultProps: {
    radius: "md",
    shadow: "lg",
    transitionProps: quietTransition,
    overlayProps: { color: "#0c0d0f", backgroundOpacity: 0.4 },
  },
};
const floating = { defaultProps: { radius: "md", shadow: "md", transitionProps: quietTransition } };

/** How Mantine's components look where nobody says otherwise: 14 px, 36 px controls, quiet motion. */
export const componentDefaults: MantineThemeComponents = {
  ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
  Alert: { defaultProps: { variant: "light", radius: "md" } },
  Anchor: { defaultProps: { underline: "hover" } },
  Badge: { defaultProps: { variant: "light", radius: "sm", size: "md", tt: "none", fw: 600 } },
  Breadcrumbs: { defaultProps: { separator: "/", separatorMargin: 6 } },
  Button: small,
  Card: { defaultProps: { withBorder: true, shadow: undefined, radius: "md", padding: "md" } },
  Checkbox: small,
  CloseButton: small,
  Drawer: dialog,
  HoverCard: floating,
  Input: small,
  InputWrapper: small,
  Loader: { defaultProps: { size: "sm", type: "dots" } },
  Menu: { defaultProps: { ...floating.defaultProps, position: "bottom-end", offset: 4 } },
  Modal: { ...dialog, defaultProps: { ...dialog.defaultProps, centered: true } },
  MultiSelect: small,
  Paper: { defaultProps: { radius: "md" } },
  PasswordInput: small,
  PillsInput: small,
  Popover: floating,
  Radio: small,
  SegmentedControl: { defaultProps: { size: "sm", radius: "md", transitionDuration: 140 } },
  Select: small,
  Switch: { defaultProps: { size: "sm", color: "indigo" } },
  Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 12, highlightOnHover: true, tabularNums: true } },
  Text: small,
  TextInput: small,
  Textarea: small,
  Tooltip: { defaultProps: { openDelay: 300, transitionProps: quietTransition, radius: "sm", color: "dark.5", fz: "xs" } },
};
