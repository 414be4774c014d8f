/** The door of federation for the callback and the composition root; each use case has its file in `service/`. */
export { type FederationSettings, type LoginProviders, openProviders } from "./providers";
export { type Finished, finishExternal } from "./service/finish";
