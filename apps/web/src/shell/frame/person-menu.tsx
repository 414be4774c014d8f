"use client";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { IconChevronDown } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useAccount } from "../account";
import { PersonLabel } from "../person/person-label";
import { usePanel } from "../use-panel";
import classes from "./person-menu.module.css";

const loadPanel = () => import("./person-menu-panel");
const PersonMenuPanel = dynamic(loadPanel, { ssr: false });

/** Who I am, and what is mine: my page, language, colours, the way out. */
export function PersonMenu() {
  const t = useTranslations("shell");
  const { person } = useAccount();
  const { isOpen, toggle, close, anchorRef } = usePanel();
  const preload = () => void loadPanel();
  return (
    <div className={classes.anchor} ref={anchorRef}>
      <button
        type="button"
        className={classes.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={toggle}
        onPointerEnter={preload}
        onFocus={preload}
      >
        <PersonAvatar person={person} size={28} />
        <span className={classes.name}>
          <PersonLabel person={person} />
        </span>
        <span className="maru-spoken">{t("personMenu")}</span>
        <IconChevronDown className={classes.sign} size={16} stroke={1.5} aria-hidden />
      </button>
      {isOpen ? <PersonMenuPanel onClose={close} /> : null}
    </div>
  );
}
