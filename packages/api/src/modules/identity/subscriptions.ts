import { subscribe } from "../../handling";
import { personDeactivated, personReactivated } from "../directory/events";
import { lockPresence } from "../directory/service";
import { disableAccounts, enableAccounts } from "./service/account-blocks";

// Each reads what is true now: of two events about one person that come in the wrong order, the one that is not true any more does nothing. Whoever
// has left is refused at every door already, because the doors look at the person too; this ends what she had.
export const subscriptions = [
  subscribe("identity.disable-deactivated", personDeactivated, (ctx, { payload: { personId } }) =>
    ctx.tx(async (tx) => {
      if (!(await lockPresence(tx, personId))) await disableAccounts(tx, [personId], "DEACTIVATION");
    }),
  ),
  subscribe("identity.enable-reactivated", personReactivated, (ctx, { payload: { personId } }) =>
    ctx.tx(async (tx) => {
      if (await lockPresence(tx, personId)) await enableAccounts(tx, [personId], "DEACTIVATION");
    }),
  ),
];
