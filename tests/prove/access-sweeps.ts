import type { Actor } from "@maru/db/context";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { FOR_SCRIPTS, FOR_SETUP, OPEN, SENSITIVE, WITHOUT_ROLES } from "./access-lists";
import type { Scenes } from "./access-scenes";
import { ACCESS_TABLE } from "./access-table";
import { callRest, callTrpc, twinOf } from "./doors";

type Headers = Record<string, string>;

/** Somebody to whom many procedures answer with the same refusal, before they look at anything else. */
type Sweep = {
  readonly who: string;
  /** What they say; any of them. */
  readonly refusals: readonly string[];
  readonly isRefused: (procedure: string) => boolean;
  /** The headers of a new session: some calls end those that are open. */
  readonly open: () => Promise<Headers>;
  readonly isScript?: true;
};

const createActor = async (door: TestDoor): Promise<Actor & { readonly accountId: string }> => {
  const { id: personId } = await createPerson(door.db);
  const { id: accountId } = await createAccount(door.db, { personId });
  return { ...door.actors.guest, id: personId, accountId };
};

const openScript = async (door: TestDoor): Promise<Headers> => {
  const { authorization = "" } = await door.bearer(door.actors.admin);
  const ask = (path: string, method: string, body?: unknown) =>
    fetch(`${door.url}/api/v1${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).then(async (answer) => ((await answer.json()) as { data: { grantable: string[]; token: string } }).data);
  const { grantable } = await ask("/users/me/tokens", "GET");
  const { token } = await ask("/users/me/tokens", "POST", { name: "모든 범위", scopes: grantable, expiresInDays: 1 });
  return { authorization: `Bearer ${token}` };
};

const openLongAgo = async (door: TestDoor): Promise<Headers> => {
  const { sessionId: id, token } = await door.openSession(door.actors.admin, "web");
  await door.db.session.update({ where: { id }, data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
  return { cookie: `${door.app.config.sessionCookie}=${token}`, origin: door.origin, "sec-fetch-site": "same-origin" };
};

/** Everybody who is refused in one way: who holds no role, who signed in long ago, who has to set up a second factor, and a script. */
const createSweeps = async (door: TestDoor): Promise<Sweep[]> => {
  const [roleless, unready] = [await createActor(door), await createActor(door)];
  const demanding = { id: newId(), key: newId(), name: "요구하는 역할", nameEn: "Demanding", factorRule: "REQUIRED" } as const;
  await door.db.role.create({ data: demanding });
  await door.db.roleAssignment.create({ data: { id: newId(), accountId: unready.accountId, roleId: demanding.id } });
  const script = await openScript(door);
  return [
    {
      who: "somebody without a role",
      refusals: ["common.forbidden"],
      isRefused: (procedure) => !OPEN.has(procedure) && !WITHOUT_ROLES.has(procedure),
      open: () => door.browser(roleless),
    },
    {
      who: "an administrator who gave her password long ago",
      refusals: ["identity.passwordNeeded"],
      isRefused: (procedure) => SENSITIVE.has(procedure),
      open: () => openLongAgo(door),
    },
    {
      who: "somebody who has to set up a second factor",
      refusals: ["factor.setupNeeded"],
      isRefused: (procedure) => !OPEN.has(procedure) && WITHOUT_ROLES.has(procedure) && !FOR_SETUP.has(procedure),
      open: () => door.browser(unready),
    },
    {
      who: "a script with every scope",
      // What is sensitive asks for a password that a script has none of.
      refusals: ["common.forbidden", "identity.passwordNeeded"],
      isRefused: (procedure) => !OPEN.has(procedure) && !FOR_SCRIPTS.has(procedure),
      open: async () => script,
      isScript: true,
    },
  ];
};

/** Holds one procedure against all sweeps; each is one cell. Inputs name nothing that exists, but for REST, where they are looked at first. */
export const createSweepJudge = async (door: TestDoor, scenes: Scenes): Promise<(procedure: string) => Promise<string[][]>> => {
  const sweeps = await createSweeps(door);
  return async (procedure) => {
    const twin = twinOf(procedure);
    const cells: string[][] = [];
    for (const sweep of sweeps) {
      if (sweep.isScript && !twin) continue;
      const headers = await sweep.open();
      const input = sweep.isScript
        ? await scenes[procedure]?.(ACCESS_TABLE[procedure]?.[0]?.[0] ?? "", door.actors.admin)
        : { id: newId() };
      const { code } = await (sweep.isScript && twin
        ? callRest(door, twin, input ?? {}, headers)
        : callTrpc(door, procedure, input ?? {}, headers));
      const isWrong = sweep.refusals.includes(code) !== sweep.isRefused(procedure);
      cells.push(isWrong ? [`${procedure} as ${sweep.who}: ${code}`] : []);
    }
    return cells;
  };
};
