import type { TestDoor } from "./test-door";

/** Where a provider sends browsers back to: the address that the test's Maru believes to have. */
export const TEST_ORIGIN = "http://127.0.0.1:3000";
export const callbackOf = (provider: string): string => `${TEST_ORIGIN}/api/sign-in/${provider}`;

type Jar = Map<string, string>;
const headerOf = (jar: Jar) => ({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") });
const keep = (jar: Jar, response: Response): void => {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = "", rest = ""] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
    const expires = /expires=([^;]+)/i.exec(rest)?.[1];
    if (value === "" || (expires && Date.parse(expires) <= Date.now())) jar.delete(name);
    else jar.set(name, value);
  }
};

/** How the way back from a provider ended. */
export type Ending = { readonly status: number; readonly path: string; readonly failure: string | null; readonly isOurs: boolean };

/** A browser that goes from Maru to a provider and back, with a jar of cookies for each. It follows no redirect by itself. */
export const openBrowser = (door: TestDoor, cookies: Readonly<Record<string, string>> = {}) => {
  const [ours, theirs]: [Jar, Jar] = [new Map(Object.entries(cookies)), new Map()];
  const call = async (procedure: string, input: object): Promise<{ readonly url?: string; readonly code?: string }> => {
    const response = await fetch(`${door.url}/api/trpc/${procedure}`, {
      method: "POST",
      headers: { ...headerOf(ours), "content-type": "application/json", "sec-fetch-site": "same-origin", origin: door.origin },
      body: JSON.stringify(input),
    });
    keep(ours, response);
    const answer = (await response.json()) as {
      result?: { data: { url?: string } };
      error?: { message: string };
    };
    return { ...answer.result?.data, code: answer.error?.message };
  };
  return {
    ours,
    call,
    /** Asks Maru where to go. */
    start: async (procedure: "startExternalSignIn" | "startLink", input: object): Promise<URL> => {
      const { url, code } = await call(`federation.${procedure}`, input);
      if (!url) throw new Error(`nothing was started: ${code}`);
      return new URL(url);
    },
    /** Goes to the provider, and gives the query with which it sends the browser back. */
    agree: async (request: URL): Promise<string> => {
      for (let url = request, hop = 0; hop < 10; hop += 1) {
        if (url.origin === TEST_ORIGIN) return url.search.slice(1);
        const response = await fetch(url, { redirect: "manual", headers: headerOf(theirs) });
        keep(theirs, response);
        const location = response.headers.get("location");
        if (!location) throw new Error(`the provider stayed where it was: ${response.status} ${await response.text()}`);
        url = new URL(location, url);
      }
      throw new Error("the provider goes round in circles");
    },
    comeBack: async (provider: string, query: string): Promise<Ending> => {
      const response = await fetch(`${door.url}/api/sign-in/${provider}?${query}`, {
        redirect: "manual",
        headers: { ...headerOf(ours), "sec-fetch-site": "cross-site" },
      });
      keep(ours, response);
      const url = new URL(response.headers.get("location") ?? "", door.origin);
      return { status: response.status, path: url.pathname, failure: url.searchParams.get("failure"), isOurs: url.origin === door.origin };
    },
    /** Who Maru takes this browser for. */
    whoami: async (): Promise<string | null> => {
      const response = await fetch(`${door.url}/api/trpc/identity.me`, { headers: headerOf(ours) });
      if (!response.ok) return null;
      return ((await response.json()) as { result: { data: { person: { id: string } } } }).result.data.person.id;
    },
  };
};
export type ExternalBrowser = ReturnType<typeof openBrowser>;
