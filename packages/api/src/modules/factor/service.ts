/** The door of factor for other modules; each use case has its file in `service/`. */
export { hasFactor, listMethods } from "./queries";
export { purgeQuestions } from "./service/factors";
export { askForPasskey, takeCode, takePasskey } from "./service/proofs";
