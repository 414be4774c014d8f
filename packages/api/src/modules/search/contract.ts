import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { boardView } from "../board/contract";
import { foundDepartmentView, foundPersonView } from "../directory/contract";

// Whoever reads the directory searches it; boards are found by those who read them.
export const searchPermissions = [] as const;

export const autocompleteInput = z.strictObject({
  q: z.string().trim().min(1).max(50).refine(isStorable),
  /** So many of each kind at most. */
  limit: z.int().min(1).max(10).default(6),
});

/** What begins to match while somebody types, each kind by its own order. */
export const autocompleteView = z.object({
  people: z.array(foundPersonView),
  departments: z.array(foundDepartmentView),
  boards: z.array(boardView.pick({ id: true, slug: true, name: true, nameEn: true, description: true, descriptionEn: true })),
});
export type AutocompleteView = z.infer<typeof autocompleteView>;
