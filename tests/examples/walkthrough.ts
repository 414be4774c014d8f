/** One request of a walk-through with the answer that it promises. */
export type Step = {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The status where it is not 200, and as much of the answer as the page shows. */
  readonly status: number;
  readonly answer: unknown;
};

const STEP = /```http\n([\s\S]*?)```\s*```json(?: (\d{3}))?\n([\s\S]*?)```/g;

const titleBefore = (page: string, at: number): string =>
  page
    .slice(0, at)
    .match(/^#+ (.+)$/gm)
    ?.at(-1)
    ?.replace(/^#+ /, "") ?? "";

/** The steps of a page, in their order: each a block of `http` and right behind it a block of `json`. */
export const stepsOf = (page: string): Step[] =>
  [...page.matchAll(STEP)].map(({ 1: request = "", 2: status, 3: answer = "", index }) => {
    const [head = "", ...rest] = request.trim().split("\n\n");
    const [line = "", ...headerLines] = head.split("\n");
    const [method = "", path = ""] = line.split(" ");
    const headers = Object.fromEntries(headerLines.map((header) => header.split(/:\s*/, 2) as [string, string]));
    const body = rest.length > 0 ? rest.join("\n\n") : undefined;
    return { title: titleBefore(page, index), method, path, headers, body, status: Number(status ?? 200), answer: JSON.parse(answer) };
  });

/** What earlier answers have told, by the names that the page gives. */
export type Told = Map<string, string>;

/** Puts in what was told: `{hong}` becomes the token that an earlier answer named so. */
export const fill = (text: string, told: Told): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => told.get(name) ?? placeholder);

/**
 * Where an answer is not what the page shows of it. The page shows a part: objects may have more fields, lists more items. "…" stands for
 * any text, `{name}` for any text that is remembered under this name.
 */
export const differences = (shown: unknown, real: unknown, told: Told, at = "answer"): string[] => {
  if (shown === "…") return typeof real === "string" ? [] : [`${at} is no text`];
  const name = typeof shown === "string" ? /^\{(\w+)\}$/.exec(shown)?.[1] : undefined;
  if (name !== undefined) {
    if (typeof real !== "string") return [`${at} is no text`];
    told.set(name, real);
    return [];
  }
  if (Array.isArray(shown)) {
    if (!Array.isArray(real)) return [`${at} is no list`];
    return shown.flatMap((item, number) => {
      const match = real.find((candidate) => differences(item, candidate, new Map(told)).length === 0);
      return match === undefined ? [`${at} has nothing like item ${number}`] : differences(item, match, told, at);
    });
  }
  if (typeof shown === "object" && shown !== null) {
    if (typeof real !== "object" || real === null) return [`${at} is no object`];
    return Object.entries(shown).flatMap(([key, value]) =>
      differences(value, (real as Record<string, unknown>)[key], told, `${at}.${key}`),
    );
  }
  return Object.is(shown, real) ? [] : [`${at} is ${JSON.stringify(real)}, not ${JSON.stringify(shown)}`];
};
