-- CreateEnum
CREATE TYPE "privacy_document_kind" AS ENUM ('TERMS', 'PRIVACY', 'NEWS');

-- CreateEnum
CREATE TYPE "person_export_state" AS ENUM ('PENDING', 'READY', 'FAILED', 'EXPIRED');

-- AlterTable
ALTER TABLE "account" ADD COLUMN "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "privacy_document" (
    "id" UUID NOT NULL,
    "kind" "privacy_document_kind" NOT NULL,
    "version" INTEGER NOT NULL,
    "is_required" BOOLEAN NOT NULL,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "body_en" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by_id" UUID,

    CONSTRAINT "privacy_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_export" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "person_export_state" NOT NULL DEFAULT 'PENDING',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "parts_done" INTEGER NOT NULL DEFAULT 0,
    "part_count" INTEGER NOT NULL DEFAULT 0,
    "entry_count" INTEGER NOT NULL DEFAULT 0,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "file_id" UUID,

    CONSTRAINT "person_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3),
    "requested_by_id" UUID,
    "request_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erasure_step" (
    "erasure_id" UUID NOT NULL,
    "module" TEXT NOT NULL,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_step_pkey" PRIMARY KEY ("erasure_id","module")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_document_kind_version_key" ON "privacy_document"("kind", "version");

-- CreateIndex
CREATE INDEX "consent_document_id_idx" ON "consent"("document_id");

-- CreateIndex
CREATE INDEX "person_export_person_id_requested_at_idx" ON "person_export"("person_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "person_export_state_idx" ON "person_export"("state");

-- CreateIndex
CREATE UNIQUE INDEX "erasure_account_id_key" ON "erasure"("account_id");

-- CreateIndex
CREATE INDEX "erasure_started_at_idx" ON "erasure"("started_at");

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "privacy_document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasure_step" ADD CONSTRAINT "erasure_step_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "erasure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema can't say: of one version a person has one consent that holds, and she has one export at a time. Who was erased is
-- erased once.
CREATE UNIQUE INDEX "consent_holding_key" ON "consent"("person_id", "document_id") WHERE "withdrawn_at" IS NULL;
CREATE UNIQUE INDEX "person_export_pending_key" ON "person_export"("person_id") WHERE "state" = 'PENDING';
ALTER TABLE "account" ADD CONSTRAINT "account_erased_is_disabled" CHECK ("erased_at" IS NULL OR "state" = 'DISABLED');
