/** The door to /api/v1 for whoever hosts it: routes, inputs, answers and their description. */
export { failureEnvelope, restStatusOf, successEnvelope } from "./envelope";
export { readRestInput } from "./input";
export { type Language, languageOf } from "./messages";
export { openApiDocument } from "./open-api";
export { createRoutes, type RestRoute } from "./routes";
