-- CreateEnum
CREATE TYPE "sync_file_format" AS ENUM ('CSV', 'XLSX');

-- CreateEnum
CREATE TYPE "sync_export_state" AS ENUM ('PENDING', 'READY', 'FAILED', 'EXPIRED');

-- CreateTable
CREATE TABLE "sync_import" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "found" JSONB,
    "fault" TEXT,
    "fault_detail" JSONB,
    "fields" JSONB,
    "preview_run_id" UUID,
    "run_id" UUID,
    "undo_run_id" UUID,
    "error_file_id" UUID,

    CONSTRAINT "sync_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_export" (
    "id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "format" "sync_file_format" NOT NULL,
    "filter" JSONB NOT NULL,
    "state" "sync_export_state" NOT NULL DEFAULT 'PENDING',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "file_id" UUID,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sync_import_preview_run_id_key" ON "sync_import"("preview_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_import_run_id_key" ON "sync_import"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_import_undo_run_id_key" ON "sync_import"("undo_run_id");

-- CreateIndex
CREATE INDEX "sync_import_uploaded_at_idx" ON "sync_import"("uploaded_at" DESC);

-- CreateIndex
CREATE INDEX "sync_export_requested_by_id_requested_at_idx" ON "sync_export"("requested_by_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "sync_export_state_expires_at_idx" ON "sync_export"("state", "expires_at");
