const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u;

/** Which import a page is about, by its address; null for none yet. */
export const readImportId = (search: Readonly<Record<string, string | string[] | undefined>>): string | null =>
  typeof search.id === "string" && UUID.test(search.id) ? search.id : null;

export const hrefOfImport = (id: string): string => `/admin/people/import?id=${id}`;

export const STEPS = ["file", "columns", "preview", "apply", "result"] as const;
export type Step = (typeof STEPS)[number];

type Run = { readonly state: string } | null;

/** How far an import is: what it waits for now. */
export const stepOf = (view: { readonly found: unknown; readonly preview: Run; readonly run: Run } | undefined): Step => {
  if (!view?.found) return "file";
  if (view.run && view.run.state !== "FAILED" && view.run.state !== "CANCELLED") return view.run.state === "DONE" ? "result" : "apply";
  return view.preview ? "preview" : "columns";
};
