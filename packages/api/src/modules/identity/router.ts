import { open, router, signedIn } from "../../trpc/init";
import { accessTokenView, accountView, logInInput, setPreferencesInput, signedOutView } from "./contract";
import { me, setPreferences } from "./service/account";
import { signOut } from "./service/sessions";
import { logIn } from "./service/sign-in";

export const identityRouter = router({
  me: signedIn({ method: "GET", path: "/users/me", summary: "The account that the token belongs to" })
    .output(accountView)
    .query(({ ctx }) => me(ctx)),
  setPreferences: signedIn({ method: "PUT", path: "/users/me", summary: "Change language and colours" })
    .input(setPreferencesInput)
    .output(accountView)
    .mutation(({ ctx, input }) => setPreferences(ctx, input)),
  logIn: open({ method: "POST", path: "/auth/login", summary: "Sign in with a user name or a mail address" })
    .input(logInInput)
    .output(accessTokenView)
    .mutation(({ ctx, input }) => logIn(ctx, input, ctx.origin)),
  signOut: signedIn({ method: "POST", path: "/auth/logout", summary: "End the session of the token" })
    .output(signedOutView)
    .mutation(({ ctx }) => signOut(ctx)),
});
