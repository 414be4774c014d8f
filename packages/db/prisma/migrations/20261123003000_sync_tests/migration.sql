-- AlterTable
ALTER TABLE "sync_run" ADD COLUMN     "is_undo" BOOLEAN NOT NULL DEFAULT false;

-- What was undone so far is known from the files that are still kept.
UPDATE "sync_run" SET "is_undo" = true WHERE "id" IN (SELECT "undo_run_id" FROM "sync_import");

-- CreateTable
CREATE TABLE "sync_test" (
    "id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "session_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_test_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sync_test_secret_hash_key" ON "sync_test"("secret_hash");

-- CreateIndex
CREATE INDEX "sync_test_expires_at_idx" ON "sync_test"("expires_at");
