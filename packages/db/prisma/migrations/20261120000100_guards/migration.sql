-- What the Prisma schema can't say: rules that hold whatever the application does, and indexes over the unfinished alone.

-- One draft per person and place, and one assignment per role and scope: here null is a value.
DROP INDEX "post_draft_person_id_board_id_post_id_key";
CREATE UNIQUE INDEX "post_draft_person_id_board_id_post_id_key" ON "post_draft"("person_id", "board_id", "post_id") NULLS NOT DISTINCT;
DROP INDEX "role_assignment_account_id_role_id_department_id_key";
CREATE UNIQUE INDEX "role_assignment_account_id_role_id_department_id_key" ON "role_assignment"("account_id", "role_id", "department_id") NULLS NOT DISTINCT;

-- A person has at most one primary place at a time.
CREATE UNIQUE INDEX "affiliation_one_primary" ON "affiliation"("person_id") WHERE "is_primary" AND "ends_on" IS NULL;

-- The relay and the watchdog look at unfinished work only; two unfinished jobs of one key are one job.
CREATE INDEX "work_unfinished_idx" ON "work"("due_at") WHERE "state" = 'PENDING';
CREATE UNIQUE INDEX "work_one_unfinished_per_key" ON "work"("name", "dedupe_key") WHERE "state" = 'PENDING' AND "dedupe_key" IS NOT NULL;
CREATE INDEX "work_dead_idx" ON "work"("created_at") WHERE "state" = 'DEAD';

-- What a person has not seen or read yet is a short tail of what there is.
CREATE INDEX "notification_unseen_idx" ON "notification"("person_id", "seq") WHERE "seen_at" IS NULL;
CREATE INDEX "notification_unread_idx" ON "notification"("person_id", "seq" DESC) WHERE "read_at" IS NULL;

-- The list of a board in one scan: pinned posts first, then the newest; and a post's comments thread by thread (the ids are time-ordered).
CREATE INDEX "post_list_idx" ON "post"("board_id", "is_pinned" DESC, "published_at" DESC, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "comment_thread_idx" ON "comment"("post_id", (COALESCE("parent_id", "id")), ("parent_id" IS NOT NULL), "id");

CREATE INDEX "file_pending_idx" ON "file"("created_at") WHERE "state" = 'PENDING';
CREATE INDEX "file_unattached_idx" ON "file"("updated_at") WHERE "subject_id" IS NULL;
CREATE INDEX "post_trash_idx" ON "post"("deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "session_open_idx" ON "session"("account_id") WHERE "ended_at" IS NULL;

ALTER TABLE "person_inbox" ADD CONSTRAINT "person_inbox_unseen_not_negative" CHECK ("unseen" >= 0);
ALTER TABLE "file" ADD CONSTRAINT "file_size_not_negative" CHECK ("size_bytes" >= 0);

-- The audit record can be added to and read, by nobody changed.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit record is append-only';
END
$$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- How a person is shown beside what they did: name, rank, and the duty and department of the primary place.
CREATE VIEW "person_card" AS
SELECT p.id, p.name, p.name_en, p.employee_no, r.name AS rank, r.name_en AS rank_en, r.sort_order AS rank_order, r.is_executive,
       t.name AS title, t.name_en AS title_en, t.sort_order AS title_order, t.is_head,
       d.id AS department_id, d.name AS department, d.name_en AS department_en, p.photo_file_id, p.state
FROM person p
LEFT JOIN rank r ON r.id = p.rank_id
LEFT JOIN affiliation a ON a.person_id = p.id AND a.is_primary AND a.ends_on IS NULL
LEFT JOIN title t ON t.id = a.title_id
LEFT JOIN department d ON d.id = a.department_id;
