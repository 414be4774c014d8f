/** What a test needs to know of a procedure. tRPC keeps it in `_def`, which is semi-internal: read here and nowhere else in the tests. */
export type ProcedureMeta = {
  readonly access: string | undefined;
  readonly type?: string | undefined;
  readonly isBackground?: boolean | undefined;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** The schema of its input, where it has one. */
  readonly input?: unknown;
};

type Definition = {
  meta?: { access?: string; isBackground?: boolean };
  inputs?: unknown[];
  output?: unknown;
  subscription?: boolean;
  type?: string;
};

/** Every procedure of a router by its path. */
export const proceduresOf = (router: { _def: { procedures: unknown } }): Map<string, ProcedureMeta> =>
  new Map(
    Object.entries(router._def.procedures as Record<string, { _def: Definition }>).map(([path, { _def }]) => [
      path,
      {
        access: _def.meta?.access,
        type: _def.type,
        isBackground: _def.meta?.isBackground,
        input: _def.inputs?.[0],
        hasInput: (_def.inputs?.length ?? 0) > 0,
        // A stream is parsed item by item: its output is the type of its items.
        hasOutput: Boolean(_def.output) || _def.type === "subscription",
      },
    ]),
  );

/** The procedures that have not said who may call them, or named a permission that does not exist. */
export const findUndeclared = (procedures: ReadonlyMap<string, ProcedureMeta>, permissions: readonly string[]): string[] =>
  [...procedures].filter(([, { access }]) => !access || !["open", "signedIn", ...permissions].includes(access)).map(([path]) => path);
