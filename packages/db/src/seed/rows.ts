import type { Prisma } from "../client";
import type { RenderedPicture } from "./pictures/render";

/** A picture with the row that will name it. */
export type SeededPicture = { readonly file: Prisma.FileCreateManyInput & { readonly id: string }; readonly rendered: RenderedPicture };

/** All rows of the demo, ready to be written. */
export type DemoRows = {
  readonly ranks: Prisma.RankCreateManyInput[];
  readonly positions: Prisma.PositionCreateManyInput[];
  readonly titles: Prisma.TitleCreateManyInput[];
  readonly departments: Prisma.DepartmentCreateManyInput[];
  readonly people: (Prisma.PersonCreateManyInput & { readonly id: string })[];
  readonly affiliations: Prisma.AffiliationCreateManyInput[];
  readonly absences: Prisma.AbsenceCreateManyInput[];
  readonly favourites: Prisma.FavouriteCreateManyInput[];
  readonly recentPeople: Prisma.RecentPersonCreateManyInput[];
  readonly accounts: Prisma.AccountCreateManyInput[];
  /** Roles by key: those that stand already keep their id. */
  readonly assignments: { readonly id: string; readonly accountId: string; readonly role: string; readonly departmentId: string | null }[];
  readonly boards: Prisma.BoardCreateManyInput[];
  readonly posts: Prisma.PostCreateManyInput[];
  readonly comments: Prisma.CommentCreateManyInput[];
  readonly likes: Prisma.PostLikeCreateManyInput[];
  readonly reads: Prisma.PostReadCreateManyInput[];
  readonly documents: Prisma.PrivacyDocumentCreateManyInput[];
  readonly consents: Prisma.ConsentCreateManyInput[];
};
