import type { AddPasskeyInput, PasskeyCreation, PasskeyProof, PasskeyRequest } from "@maru/api/factor/contract";

/** Who closes the browser's own window has not met an error of ours: it is told like a passkey that was not good. */
const refused = { data: { httpStatus: 400, app: { code: "factor.passkeyRefused", details: {} } } };

/** Asks the device for a passkey. The library comes when it is needed: hardly any page does. */
export const showPasskey = async (optionsJSON: PasskeyRequest): Promise<PasskeyProof> => {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { clientExtensionResults: _, ...proof } = await startAuthentication({ optionsJSON }).catch(() => {
    throw refused;
  });
  return proof as PasskeyProof;
};

/** Lets the device make a passkey. */
export const makePasskey = async (optionsJSON: PasskeyCreation): Promise<AddPasskeyInput["answer"]> => {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { clientExtensionResults: _, ...answer } = await startRegistration({ optionsJSON }).catch(() => {
    throw refused;
  });
  return answer as AddPasskeyInput["answer"];
};
