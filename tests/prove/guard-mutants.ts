import { appRouter } from "@maru/api";
import pg from "pg";
import { FOR_SCRIPTS, FOR_SETUP, SENSITIVE } from "./access-lists";
import { twinOf } from "./doors";

// Guards are taken away one at a time, in the running product: the head of a procedure, a rule of a policy, a condition of a statement
// that ties a row to its owner. Nothing of the product knows of this; what is changed here is changed back.

/** Takes a guard away and gives back what puts it in place again. */
export type Mutant = { readonly guard: string; readonly procedures: readonly string[]; readonly remove: () => () => void };

type Head = (options: { ctx: { app: unknown; guest: unknown }; next: (options: { ctx: unknown }) => unknown }) => unknown;
type Definitions = Record<string, { _def: { middlewares: Head[]; meta?: { access?: string } } }>;
const definitions = (appRouter as unknown as { _def: { procedures: Definitions } })._def.procedures;

const withHead = (procedure: string, replace: (head: Head) => Head) => () => {
  const heads = definitions[procedure]?._def.middlewares ?? [];
  const [head] = heads;
  if (!head) throw new Error(`${procedure} has no head`);
  heads[0] = replace(head);
  return () => {
    heads[0] = head;
  };
};

type App = { readonly actor: { readonly permissions: ReadonlySet<string>; readonly tokenId?: string; readonly needsFactor?: boolean } };

/** A head through which these people come without being asked anything. */
const letThrough =
  (whom: (app: App) => boolean) =>
  (head: Head): Head =>
  (options) => {
    const app = options.ctx.app as App | null;
    return app && whom(app) ? options.next({ ctx: app }) : head(options);
  };

/** What the head of each procedure guards, each taken away: the session, the permission, and what it asks of scripts, for a second factor and for the password. */
export const headMutants = (): Mutant[] =>
  Object.entries(definitions).flatMap(([procedure, { _def }]) => {
    const access = _def.meta?.access;
    if (access === undefined || access === "open") return [];
    const isSignedIn = access === "signedIn";
    const holds = (app: App): boolean => isSignedIn || app.actor.permissions.has(access);
    const guards: readonly (readonly [what: string, isThere: boolean, replace: (head: Head) => Head])[] = [
      // A stranger is given the actor that open procedures act for.
      [
        "session",
        true,
        () =>
          ({ ctx, next }) =>
            next({ ctx: ctx.app ?? ctx.guest }),
      ],
      [access, !isSignedIn, letThrough(() => true)],
      [
        "no script",
        isSignedIn && twinOf(procedure) !== undefined && !FOR_SCRIPTS.has(procedure),
        letThrough((app) => app.actor.tokenId !== undefined),
      ],
      ["second factor", isSignedIn && !FOR_SETUP.has(procedure), letThrough((app) => app.actor.needsFactor === true)],
      ["recent password", SENSITIVE.has(procedure), letThrough(holds)],
    ];
    return guards
      .filter(([, isThere]) => isThere)
      .map(([what, , replace]) => ({ guard: `${procedure}: ${what}`, procedures: [procedure], remove: withHead(procedure, replace) }));
  });

type Rules = Record<string, (...facts: never[]) => unknown>;

/** For each rule of a policy that says yes or no: one that always says yes. */
export const policyMutants = (name: string, rules: Rules, procedures: readonly string[]): Mutant[] =>
  Object.entries(rules).map(([rule, decide]) => ({
    guard: `${name}: can.${rule}`,
    procedures,
    remove: () => {
      rules[rule] = () => true;
      return () => {
        rules[rule] = decide;
      };
    },
  }));

type Config = { name?: string; text: string };
type Query = (this: unknown, config: unknown, ...rest: unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };

const onStatements = (change: (text: string) => string): (() => void) => {
  const { query } = client;
  client.query = function (config, ...rest) {
    if (typeof config === "string") return query.call(this, change(config), ...rest);
    const { text, name } = (config ?? {}) as Config;
    if (typeof text !== "string") return query.call(this, config, ...rest);
    const changed = change(text);
    // A prepared statement of another text needs a name of its own.
    const other = changed === text || name === undefined ? {} : { name: `${name}-mutant-${changed.length}` };
    return query.call(this, changed === text ? config : { ...(config as Config), ...other, text: changed }, ...rest);
  };
  return () => {
    client.query = query;
  };
};

// `person_id = $3::uuid`, `"public"."session"."account_id" = $1`, and the same within a view of the rows that somebody may see.
const OWNER = /(?:"?\w+"?\.)*"?(?:person_id|account_id|owner_id|author_id)"?\s*=\s*(\$\d+)(?:::uuid)?/g;

/** Every condition that ties a row to a person, in the statements that `run` sends; the statements in the order of their first use. */
export const recordOwnerConditions = async (run: () => Promise<unknown>): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  const restore = onStatements((text) => {
    const count = [...text.matchAll(OWNER)].length;
    if (count > 0) found.set(text, count);
    return text;
  });
  try {
    await run();
  } finally {
    restore();
  }
  return found;
};

const excerpt = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 60), at + 50)
    .replace(/\s+/g, " ")
    .trim();

/** For each condition of a statement: the statement with any owner in its place. */
export const ownerMutants = (text: string, count: number, procedures: readonly string[]): Mutant[] =>
  Array.from({ length: count }, (_, wanted) => {
    const match = [...text.matchAll(OWNER)][wanted] as RegExpExecArray;
    const without = `${text.slice(0, match.index)}${match[1]}::uuid IS NOT NULL${text.slice(match.index + match[0].length)}`;
    return {
      guard: `${procedures[0]}: … ${excerpt(text, match.index)} …`,
      procedures,
      remove: () => onStatements((sent) => (sent === text ? without : sent)),
    };
  });
