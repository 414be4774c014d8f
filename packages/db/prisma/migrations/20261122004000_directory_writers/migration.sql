-- CreateEnum
CREATE TYPE "deactivation_reason" AS ENUM ('LEFT', 'DIRECTORY', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "account_disabler" AS ENUM ('DEACTIVATION', 'DIRECTORY');

-- AlterTable
ALTER TABLE "person" ADD COLUMN "deactivated_for" "deactivation_reason";

-- AlterTable
ALTER TABLE "account" ADD COLUMN "disabled_by" "account_disabler",
ADD COLUMN "source_id" UUID;

-- AlterTable
ALTER TABLE "role_assignment" ADD COLUMN "source_id" UUID;

-- One assignment per role, scope and origin: what was given by hand may stand beside what a source gave. Null is a value here.
DROP INDEX "role_assignment_account_id_role_id_department_id_key";
CREATE UNIQUE INDEX "role_assignment_account_id_role_id_department_id_source_id_key"
  ON "role_assignment"("account_id", "role_id", "department_id", "source_id") NULLS NOT DISTINCT;
CREATE INDEX "role_assignment_source_idx" ON "role_assignment"("source_id") WHERE "source_id" IS NOT NULL;
CREATE INDEX "account_source_idx" ON "account"("source_id") WHERE "source_id" IS NOT NULL;

-- What vouches for a password is the directory alone, and what is active was disabled by nobody.
ALTER TABLE "account" ADD CONSTRAINT "account_has_one_voucher" CHECK ("source_id" IS NULL OR "password_hash" IS NULL);
ALTER TABLE "account" ADD CONSTRAINT "account_disabled_by_something" CHECK ("disabled_by" IS NULL OR "state" = 'DISABLED');

-- People sign in with their address too, and one address is one person: both are looked up without capitals.
CREATE INDEX "person_email_idx" ON "person"(lower("email")) WHERE "email" IS NOT NULL;

-- A set of places that moves refreshes each card once: what stood before and what stands now are told to one trigger (see docs/adr/0024).
DROP TRIGGER "person_card_after_update" ON "affiliation";
DROP TRIGGER "person_card_after_update_old" ON "affiliation";
CREATE TRIGGER "person_card_after_update" AFTER UPDATE ON "affiliation" REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "refresh_person_cards"('SELECT person_id FROM changed UNION SELECT person_id FROM former');
