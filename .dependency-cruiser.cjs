// Who may import whom, as docs/adr and ARCHITECTURE.md tell it. Every rule has its deliberate breach in tests/architecture/fixtures/boundaries,
// and a test shows that the cruiser reports each of them: an empty graph would be silently green.

const MODULES = "^packages/api/src/modules";
const DOORS = "(contract|events|jobs|service|access)";
// A contract that grows too long for one page has its chapters in a folder of its name.
const CONTRACTS = `${MODULES}/[^/]+/contract(/|\\.ts$)`;
const RUNTIME = { dependencyTypesNot: ["type-only"] };

// A module may look left only. Those of one rank may use each other's services, as long as there is no cycle.
const RANKS = [
  ["directory", "factor", "mail"],
  ["identity", "federation"],
  ["audit", "files"],
  ["board", "approval", "card", "resource", "privacy"],
  ["notification", "search", "portal", "admin"],
];
const leftOnly = RANKS.slice(0, -1).map((rank, index) => ({
  name: `module-looks-left-${rank[0]}`,
  comment: `${rank.join(", ")} must not know what stands to the right of them; let those subscribe, or ask the subjects registry.`,
  severity: "error",
  from: { path: `${MODULES}/(${rank.join("|")})/` },
  to: {
    path: `${MODULES}/(${RANKS.slice(index + 1)
      .flat()
      .join("|")})/`,
  },
}));

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid("no-cycle", "A cycle has no first page to read.", {}, { circular: true, viaOnly: RUNTIME }),
    forbid(
      "platform-knows-nobody",
      "platform stands leftmost: no domain, no database model, no app.",
      { path: "^packages/platform/" },
      { path: "^(packages/(db|api|ui)|apps)/" },
    ),
    forbid(
      "platform-capabilities-apart",
      "A capability imports only itself and the six that everybody may: otherwise one god package forms.",
      { path: "^packages/platform/src/([^/]+)/" },
      { path: "^packages/platform/src/", pathNot: "^packages/platform/src/($1|errors|env|log|clock|events|jobs)/" },
    ),
    forbid(
      "db-knows-platform-only",
      "db stands between platform and api.",
      { path: "^packages/db/" },
      { path: "^(packages/(api|ui)|apps)/" },
    ),
    forbid(
      "ui-knows-nobody",
      "The design system is pure presentation.",
      { path: "^packages/ui/" },
      { path: "^(packages/(db|platform|api)|apps)/" },
    ),
    forbid("api-knows-no-adapter", "The domain does not know who hosts it.", { path: "^packages/api/" }, { path: "^(packages/ui|apps)/" }),
    forbid(
      "module-doors",
      "Modules meet only through role-named doors.",
      { path: `${MODULES}/([^/]+)/` },
      { path: `${MODULES}/`, pathNot: [`${MODULES}/$1/`, `${MODULES}/[^/]+/${DOORS}(/|\\.ts$)`] },
    ),
    ...leftOnly,
    forbid(
      "sinks-are-never-imported",
      "notification, search, portal and admin learn by subscribing.",
      { path: `${MODULES}/([^/]+)/` },
      { path: `${MODULES}/(notification|search|portal|admin)/`, pathNot: `${MODULES}/$1/` },
    ),
    forbid(
      "contract-is-isomorphic",
      "A contract runs in the browser: zod, errors, rich text, the rule of mail addresses and other contracts only.",
      { path: CONTRACTS },
      { pathNot: [CONTRACTS, "^packages/platform/src/(errors|rich-text)/", "^packages/platform/src/mail/address\\.ts$", "zod"] },
    ),
    forbid(
      "policy-is-pure",
      "policy and domain decide from what they are given: no database, no clock, no capability.",
      { path: `${MODULES}/[^/]+/(policy|domain)\\.ts$` },
      { pathNot: [`${MODULES}/[^/]+/(contract|policy|domain)\\.ts$`, "^packages/platform/src/(errors|rich-text)/", "zod"], ...RUNTIME },
    ),
    forbid(
      "trpc-at-the-router-only",
      "Only router.ts, trpc/ and rest/ know tRPC.",
      { path: "^packages/api/src/", pathNot: ["/router\\.ts$", "^packages/api/src/(trpc|rest|testing)/", "\\.test\\.ts$"] },
      { path: "node_modules/@trpc/", ...RUNTIME },
    ),
    forbid(
      "reactions-belong-to-the-worker",
      "Handlers and subscriptions run in the worker alone.",
      { path: "^(apps/web|packages/(db|platform|ui))/" },
      { path: "^packages/api/src/(reactions\\.ts|modules/[^/]+/(handlers|subscriptions))" },
    ),
    forbid(
      "web-client-knows-contracts",
      "What runs in the browser sees contracts, errors and rich text; of the router only its type.",
      { path: "^apps/web/src/(features|shell)/", pathNot: "\\.test\\.tsx?$" },
      {
        path: "^(packages/(db|platform|api)/|apps/(worker|web/src/server)/)",
        pathNot: ["^packages/platform/src/(errors|rich-text)/", CONTRACTS],
        ...RUNTIME,
      },
    ),
    forbid(
      "next-does-not-bundle-the-domain",
      "Next.js would make a second copy of the domain beside the server's: pages read the one app from globalThis.",
      { path: "^apps/web/src/(app|trpc|i18n)/" },
      {
        path: "^(packages/(db|api)/|apps/web/src/server/)",
        pathNot: [`${MODULES}/[^/]+/contract\\.ts$`, "^apps/web/src/server/maru-app\\.ts$"],
        ...RUNTIME,
      },
    ),
    forbid(
      "worker-is-not-the-web",
      "The two adapters do not know each other.",
      { path: "^apps/worker/" },
      { path: "^(apps/web|packages/ui)/" },
    ),
    forbid("web-is-not-the-worker", "The two adapters do not know each other.", { path: "^apps/web/" }, { path: "^apps/worker/" }),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "src/generated"] },
    exclude: { path: "^(apps|packages)/[^/]+/(\\.next|dist|src/generated)/" },
    tsPreCompilationDeps: "specify",
    moduleSystems: ["es6"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
  },
};
