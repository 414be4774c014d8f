"use client";
import { useTranslations } from "next-intl";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../demo-accounts";
import classes from "./demo-accounts.module.css";
import type { Credentials } from "./sign-in-form";

type DemoAccountsProps = { readonly chosen: string; readonly onChoose: (credentials: Credentials) => void };

/** The ways into the demo organisation, a press each. */
export function DemoAccounts({ chosen, onChoose }: DemoAccountsProps) {
  const t = useTranslations("identity");
  return (
    <section className={classes.demo}>
      <h2 className={classes.title}>{t("demoTitle")}</h2>
      <p className={classes.description}>{t("demoDescription")}</p>
      <ul className={classes.list}>
        {DEMO_ACCOUNTS.map(({ username, label }) => (
          <li key={username}>
            <button
              type="button"
              className={classes.account}
              aria-pressed={chosen === username}
              onClick={() => onChoose({ username, password: DEMO_PASSWORD })}
            >
              <span className={classes.name}>{t(label)}</span>
              <code className={classes.username}>{username}</code>
            </button>
          </li>
        ))}
      </ul>
      <code className={classes.password}>{DEMO_PASSWORD}</code>
    </section>
  );
}
