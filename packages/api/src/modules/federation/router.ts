import { z } from "zod";
import { open, router, signedIn } from "../../trpc/init";
import {
  externalIdentitiesView,
  identityIdInput,
  providersView,
  startExternalSignInInput,
  startedView,
  startLinkInput,
  unlinkedView,
} from "./contract";
import { startExternalSignIn, startLink } from "./service/attempts";
import { listIdentities, listProviders, unlinkIdentity } from "./service/identities";

export const federationRouter = router({
  listProviders: open()
    .input(z.strictObject({}))
    .output(providersView)
    .query(({ ctx }) => listProviders(ctx)),
  startExternalSignIn: open()
    .input(startExternalSignInInput)
    .output(startedView)
    .mutation(({ ctx, input }) => startExternalSignIn(ctx, input, ctx.origin)),
  listIdentities: signedIn()
    .input(z.strictObject({}))
    .output(externalIdentitiesView)
    .query(({ ctx }) => listIdentities(ctx)),
  startLink: signedIn({ isSensitive: true })
    .input(startLinkInput)
    .output(startedView)
    .mutation(({ ctx, input }) => startLink(ctx, input, ctx.origin)),
  unlinkIdentity: signedIn({ isSensitive: true })
    .input(identityIdInput)
    .output(unlinkedView)
    .mutation(({ ctx, input }) => unlinkIdentity(ctx, input)),
});
