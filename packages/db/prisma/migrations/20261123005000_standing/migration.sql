-- How people are ordered everywhere becomes a column of the card, so that an index gives the first ten of a rank without reading the thousands
-- who have it. See docs/adr/0025.
CREATE OR REPLACE VIEW "person_card_source" AS
SELECT p.id, p.name, p.name_en, p.employee_no, r.name AS rank, r.name_en AS rank_en, r.sort_order AS rank_order, r.is_executive,
       t.name AS title, t.name_en AS title_en, t.sort_order AS title_order, t.is_head,
       d.id AS department_id, d.name AS department, d.name_en AS department_en, p.photo_file_id, p.state,
       p.rank_id, p.position_id,
       -- Executives, then heads, then by title, then by rank, who has none last. Ten digits hold every integer, the negative ones too.
       (CASE WHEN r.is_executive THEN '0' ELSE '1' END || CASE WHEN t.is_head THEN '0' ELSE '1' END
         || lpad((coalesce(t.sort_order, 2147483647) + 2147483648)::text, 10, '0')
         || lpad((coalesce(r.sort_order, 2147483647) + 2147483648)::text, 10, '0')) COLLATE "C" AS standing
FROM person p
LEFT JOIN rank r ON r.id = p.rank_id
LEFT JOIN affiliation a ON a.person_id = p.id AND a.is_primary AND a.ends_on IS NULL
LEFT JOIN title t ON t.id = a.title_id
LEFT JOIN department d ON d.id = a.department_id;

ALTER TABLE "person_card" ADD COLUMN "rank_id" UUID, ADD COLUMN "position_id" UUID, ADD COLUMN "standing" TEXT COLLATE "C";
UPDATE "person_card" AS card SET ("rank_id", "position_id", "standing") = (source."rank_id", source."position_id", source."standing")
  FROM "person_card_source" source WHERE source."id" = card."id";
ALTER TABLE "person_card" ALTER COLUMN "standing" SET NOT NULL;

CREATE INDEX "person_card_rank_id_standing_name_id_idx" ON "person_card"("rank_id", "standing", "name", "id");
CREATE INDEX "person_card_position_id_standing_name_id_idx" ON "person_card"("position_id", "standing", "name", "id");

CREATE OR REPLACE FUNCTION "refresh_person_cards"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('
    INSERT INTO "person_card" AS card SELECT * FROM "person_card_source" WHERE "id" IN (%s)
    ON CONFLICT ("id") DO UPDATE SET (
      "name", "name_en", "employee_no", "rank", "rank_en", "rank_order", "is_executive", "title", "title_en", "title_order",
      "is_head", "department_id", "department", "department_en", "photo_file_id", "state", "rank_id", "position_id", "standing"
    ) = (
      excluded."name", excluded."name_en", excluded."employee_no", excluded."rank", excluded."rank_en", excluded."rank_order",
      excluded."is_executive", excluded."title", excluded."title_en", excluded."title_order", excluded."is_head",
      excluded."department_id", excluded."department", excluded."department_en", excluded."photo_file_id", excluded."state",
      excluded."rank_id", excluded."position_id", excluded."standing"
    ) WHERE card IS DISTINCT FROM excluded', TG_ARGV[0]);
  RETURN NULL;
END
$$;
