"use client";
import type { AccountView } from "@maru/api/identity/contract";
import { createContext, type ReactNode, useContext } from "react";

const AccountContext = createContext<AccountView | null>(null);

/** Who is signed in, for everything inside the frame. */
export function AccountProvider({ account, children }: { readonly account: AccountView; readonly children: ReactNode }) {
  return <AccountContext value={account}>{children}</AccountContext>;
}

/** The account of the person at the screen. Only for drawing: every procedure decides rights for itself. */
export const useAccount = (): AccountView => {
  const account = useContext(AccountContext);
  if (!account) throw new Error("useAccount stands outside of the frame");
  return account;
};
