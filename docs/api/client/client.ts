import createClient from "openapi-fetch";
import type { paths } from "./schema";

/**
 * A client of Maru's REST API: every path, parameter and answer is typed from the OpenAPI document of your installation. `token` is an
 * access token or a personal token (Settings, Personal tokens). A refusal is no exception: look at `error`.
 */
export const createMaruClient = (origin: string, token: string) =>
  createClient<paths>({ baseUrl: `${origin}/api/v1`, headers: { authorization: `Bearer ${token}` } });
