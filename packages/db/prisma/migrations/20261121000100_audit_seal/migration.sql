-- DropIndex
DROP INDEX "audit_entry_at_idx";

-- CreateTable
CREATE TABLE "audit_unsealed" (
    "entry_id" UUID NOT NULL,

    CONSTRAINT "audit_unsealed_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "seq" INTEGER NOT NULL,
    "entry_id" UUID NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "previous" BYTEA NOT NULL,
    "code" BYTEA NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "seq" INTEGER NOT NULL,
    "code" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_verification" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "checked" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "finding_count" INTEGER NOT NULL,
    "findings" JSONB NOT NULL,

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_at_id_idx" ON "audit_entry"("at", "id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_at_idx" ON "audit_entry"("actor_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_entry_id_key" ON "audit_seal"("entry_id");

-- CreateIndex
CREATE INDEX "audit_verification_finished_at_idx" ON "audit_verification"("finished_at");

ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_counts_from_one" CHECK ("seq" > 0);

-- What is written waits for its seal from the moment of its commit: the sealer never has to guess which rows are new, by a clock or by an id.
CREATE FUNCTION "await_seal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) SELECT id FROM written;
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_entry_awaits_seal" AFTER INSERT ON "audit_entry"
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION "await_seal"();
INSERT INTO "audit_unsealed" ("entry_id") SELECT "id" FROM "audit_entry";

-- The only way to delete: in a transaction that says so (SET LOCAL maru.audit_retention = 'on'), what was sealed more than a year ago and a
-- checkpoint covers. This keeps Maru's own code and a slip of the hand in bounds. Whoever may disable triggers is not held by it: the
-- verification finds what such a person has done.
CREATE FUNCTION "audit_may_go"("sealed_seq" integer, "sealed_at" timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('maru.audit_retention', true) = 'on', false)
    AND coalesce(sealed_at < now() - interval '1 year', false)
    AND EXISTS (SELECT 1 FROM audit_checkpoint WHERE seq >= sealed_seq)
$$;
CREATE FUNCTION "audit_entry_retention"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = OLD.id AND audit_may_go(s.seq, s.sealed_at)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit record is append-only';
END
$$;
CREATE FUNCTION "audit_seal_retention"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF audit_may_go(OLD.seq, OLD.sealed_at) AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.id = OLD.entry_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit record is append-only';
END
$$;

DROP TRIGGER "audit_entry_append_only" ON "audit_entry";
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_retention" BEFORE DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "audit_entry_retention"();
CREATE TRIGGER "audit_seal_append_only" BEFORE UPDATE ON "audit_seal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_seal_retention" BEFORE DELETE ON "audit_seal" FOR EACH ROW EXECUTE FUNCTION "audit_seal_retention"();
CREATE TRIGGER "audit_seal_no_truncate" BEFORE TRUNCATE ON "audit_seal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_checkpoint_append_only" BEFORE UPDATE OR DELETE ON "audit_checkpoint" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_checkpoint_no_truncate" BEFORE TRUNCATE ON "audit_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
