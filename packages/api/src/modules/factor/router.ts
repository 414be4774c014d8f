import { router, signedIn } from "../../trpc/init";
import {
  addedFactorView,
  addPasskeyInput,
  confirmGeneratorInput,
  doneView,
  factorsView,
  nothingInput,
  passkeyCreation,
  passkeyIdInput,
  recoveryCodesView,
  renamePasskeyInput,
  startedGeneratorView,
} from "./contract";
import { listFactors } from "./service/factors";
import { confirmGenerator, removeGenerator, startGenerator } from "./service/generator";
import { addPasskey, removePasskey, renamePasskey, startPasskey } from "./service/passkeys";
import { regenerateRecoveryCodes } from "./service/recovery-codes";

/** What somebody can do whose role demands a factor that she has not got yet. */
const setup = { isForSetup: true, isSensitive: true } as const;
const sensitive = { isSensitive: true } as const;

export const factorRouter = router({
  listFactors: signedIn({ isForSetup: true })
    .output(factorsView)
    .query(({ ctx }) => listFactors(ctx)),
  startGenerator: signedIn(setup)
    .input(nothingInput)
    .output(startedGeneratorView)
    .mutation(({ ctx }) => startGenerator(ctx)),
  confirmGenerator: signedIn(setup)
    .input(confirmGeneratorInput)
    .output(addedFactorView)
    .mutation(({ ctx, input }) => confirmGenerator(ctx, input)),
  removeGenerator: signedIn(sensitive)
    .input(nothingInput)
    .output(doneView)
    .mutation(({ ctx }) => removeGenerator(ctx)),
  startPasskey: signedIn(setup)
    .input(nothingInput)
    .output(passkeyCreation)
    .mutation(({ ctx }) => startPasskey(ctx)),
  addPasskey: signedIn(setup)
    .input(addPasskeyInput)
    .output(addedFactorView)
    .mutation(({ ctx, input }) => addPasskey(ctx, input)),
  renamePasskey: signedIn()
    .input(renamePasskeyInput)
    .output(doneView)
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  removePasskey: signedIn(sensitive)
    .input(passkeyIdInput)
    .output(doneView)
    .mutation(({ ctx, input }) => removePasskey(ctx, input)),
  regenerateRecoveryCodes: signedIn(sensitive)
    .input(nothingInput)
    .output(recoveryCodesView)
    .mutation(({ ctx }) => regenerateRecoveryCodes(ctx)),
});
