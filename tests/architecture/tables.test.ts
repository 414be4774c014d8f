import { describe, expect, it } from "vitest";
import { sourceFiles } from "./source-files";
import { foreignTables, readSchema } from "./tables";

const schema = readSchema(sourceFiles(/^packages\/db\/prisma\/schema\/\w+\.prisma$/));
const files = sourceFiles(/^packages\/api\/src\/modules\/.*\.ts$/).filter(({ path }) => !/\/testing\/|\.test\.ts$/.test(path));

// Read around their owner's door, because a hot read must be one statement: the card that shows people beside what they did, and the
// organisation that an actor's rights follow from.
const DECLARED = {
  audit: ["person_card"],
  board: ["person_card"],
  identity: ["affiliation", "department", "person", "person_card"],
  notification: ["person_card"],
  // What a directory says is compared with all of it, at once and in few statements; whoever writes is directory and identity.
  sync: ["account", "affiliation", "department", "person", "position", "rank", "role", "role_assignment", "title"],
};

describe("tables", () => {
  it("are named by the module that owns them, and by others where that stands here", () => {
    expect([files.length > 50, schema.ownerOf.size > 20]).toEqual([true, true]);
    expect(foreignTables(files, schema)).toEqual(DECLARED);
  });

  it.each([
    ["SQL", "sql`SELECT 1 FROM visit v JOIN post_like l ON l.post_id = v.id`"],
    ["SQL behind a value", `sql\`WITH wanted AS (\${ids}) UPDATE post_like SET liked_at = now()\``],
    ["Kysely", 'tx.sql.selectFrom("file as f").leftJoin("post_like as l", "l.post_id", "f.id")'],
    ["Prisma", "ctx.db.postLike.count()"],
  ])("of others are shown to be found in %s", (_name, text) => {
    const inModule = (module: string) => foreignTables([{ path: `packages/api/src/modules/${module}/queries.ts`, text }], schema);
    expect(inModule("files")).toEqual({ files: ["post_like"] });
    expect(inModule("board").board ?? []).not.toContain("post_like");
  });
});
