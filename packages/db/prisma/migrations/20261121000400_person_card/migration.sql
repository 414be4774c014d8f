-- How a person is shown beside what they did becomes a table that the database itself keeps: every list reads it, hardly anything changes it.
-- See docs/adr/0020.
ALTER VIEW "person_card" RENAME TO "person_card_source";

CREATE TABLE "person_card" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT,
    "employee_no" TEXT,
    "rank" TEXT,
    "rank_en" TEXT,
    "rank_order" INTEGER,
    "is_executive" BOOLEAN,
    "title" TEXT,
    "title_en" TEXT,
    "title_order" INTEGER,
    "is_head" BOOLEAN,
    "department_id" UUID,
    "department" TEXT,
    "department_en" TEXT,
    "photo_file_id" UUID,
    "state" "person_state" NOT NULL,

    CONSTRAINT "person_card_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "person_card_id_fkey" FOREIGN KEY ("id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "person_card" SELECT * FROM "person_card_source";

-- Two transactions that change one card from two sides (her name, the name of her rank) would each miss the other's half. So whoever
-- changes the organisation waits here for who does already, before any row is locked: no card is stale and no two lock each other out.
CREATE FUNCTION "organisation_one_writer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('organisation'));
  RETURN NULL;
END
$$;

-- Writes the cards of the people whom the trigger's argument selects from the changed rows, where a card differs.
CREATE FUNCTION "refresh_person_cards"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('
    INSERT INTO "person_card" AS card SELECT * FROM "person_card_source" WHERE "id" IN (%s)
    ON CONFLICT ("id") DO UPDATE SET (
      "name", "name_en", "employee_no", "rank", "rank_en", "rank_order", "is_executive", "title", "title_en", "title_order",
      "is_head", "department_id", "department", "department_en", "photo_file_id", "state"
    ) = (
      excluded."name", excluded."name_en", excluded."employee_no", excluded."rank", excluded."rank_en", excluded."rank_order",
      excluded."is_executive", excluded."title", excluded."title_en", excluded."title_order", excluded."is_head",
      excluded."department_id", excluded."department", excluded."department_en", excluded."photo_file_id", excluded."state"
    ) WHERE card IS DISTINCT FROM excluded', TG_ARGV[0]);
  RETURN NULL;
END
$$;

CREATE TRIGGER "person_one_writer" BEFORE INSERT OR UPDATE OR DELETE ON "person" FOR EACH STATEMENT EXECUTE FUNCTION "organisation_one_writer"();
CREATE TRIGGER "affiliation_one_writer" BEFORE INSERT OR UPDATE OR DELETE ON "affiliation" FOR EACH STATEMENT EXECUTE FUNCTION "organisation_one_writer"();
CREATE TRIGGER "rank_one_writer" BEFORE INSERT OR UPDATE OR DELETE ON "rank" FOR EACH STATEMENT EXECUTE FUNCTION "organisation_one_writer"();
CREATE TRIGGER "title_one_writer" BEFORE INSERT OR UPDATE OR DELETE ON "title" FOR EACH STATEMENT EXECUTE FUNCTION "organisation_one_writer"();
CREATE TRIGGER "department_one_writer" BEFORE INSERT OR UPDATE OR DELETE ON "department" FOR EACH STATEMENT EXECUTE FUNCTION "organisation_one_writer"();

-- A transition table allows one event for each trigger.
CREATE TRIGGER "person_card_after_insert" AFTER INSERT ON "person" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT id FROM changed');
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "person" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT id FROM changed');
CREATE TRIGGER "person_card_after_insert" AFTER INSERT ON "affiliation" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT person_id FROM changed');
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "affiliation" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT person_id FROM changed');
CREATE TRIGGER "person_card_after_update_old" AFTER UPDATE ON "affiliation" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT person_id FROM changed');
CREATE TRIGGER "person_card_after_delete" AFTER DELETE ON "affiliation" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT person_id FROM changed');
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "rank" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT p.id FROM person p JOIN changed c ON c.id = p.rank_id');
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "title" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT a.person_id FROM affiliation a JOIN changed c ON c.id = a.title_id');
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "department" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT a.person_id FROM affiliation a JOIN changed c ON c.id = a.department_id');
