-- What people and departments are found by. The application computes it (it knows the letters of Hangul and how names are romanised), and fills
-- the rows that stand already when a build starts: see packages/db/src/fill-search-keys.ts.
ALTER TABLE "person" DROP COLUMN "name_search", DROP COLUMN "name_chosung",
ADD COLUMN "search_text" TEXT,
ADD COLUMN "search_grams" TEXT;
ALTER TABLE "department" ADD COLUMN "search_text" TEXT;

-- Whatever holds a text holds all its neighbouring pairs: the index gives few rows, and LIKE looks at those.
CREATE INDEX "person_search_grams_idx" ON "person" USING gin (string_to_array("search_grams", E'\n'));

-- The words of the organisation find people too: their rank, their position, their title. Thousands have one rank: the index alone says who.
CREATE INDEX "person_rank_id_id_idx" ON "person"("rank_id", "id");
CREATE INDEX "person_position_id_id_idx" ON "person"("position_id", "id");
CREATE INDEX "affiliation_title_id_idx" ON "affiliation"("title_id");
