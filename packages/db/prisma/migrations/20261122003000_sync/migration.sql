-- CreateEnum
CREATE TYPE "sync_source_kind" AS ENUM ('AD', 'OPENLDAP', 'FILE');

-- CreateEnum
CREATE TYPE "sync_run_state" AS ENUM ('QUEUED', 'READING', 'PLANNED', 'WAITING_APPROVAL', 'APPLYING', 'LINKING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "sync_target" AS ENUM ('DEPARTMENT', 'PERSON', 'MANAGER', 'ROLE');

-- CreateEnum
CREATE TYPE "sync_action" AS ENUM ('CREATE', 'UPDATE', 'DEACTIVATE', 'REACTIVATE', 'MARK_MISSING', 'FOUND', 'CLOSE', 'GRANT', 'REVOKE');

-- CreateEnum
CREATE TYPE "sync_item_status" AS ENUM ('PLANNED', 'APPLIED', 'SKIPPED', 'FAILED', 'CONFLICT');

-- CreateTable
CREATE TABLE "sync_source" (
    "id" UUID NOT NULL,
    "kind" "sync_source_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "start_tls" BOOLEAN NOT NULL DEFAULT false,
    "ca" TEXT,
    "bind_dn" TEXT,
    "secret" TEXT,
    "base_dn" TEXT,
    "filter" TEXT,
    "mapping" JSONB NOT NULL,
    "root_department_id" UUID,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "delta_minutes" INTEGER,
    "full_at_minute" INTEGER,
    "next_delta_at" TIMESTAMPTZ(3),
    "next_full_at" TIMESTAMPTZ(3),
    "invocation_id" TEXT,
    "usn" TEXT,
    "modify_timestamp" TEXT,
    "seen_scope" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_id" UUID NOT NULL,

    CONSTRAINT "sync_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "state" "sync_run_state" NOT NULL DEFAULT 'QUEUED',
    "is_full" BOOLEAN NOT NULL,
    "is_dry_run" BOOLEAN NOT NULL,
    "requested_by_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "starts" INTEGER NOT NULL DEFAULT 0,
    "scope" TEXT NOT NULL,
    "phases" JSONB NOT NULL DEFAULT '[]',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "held" JSONB NOT NULL DEFAULT '[]',
    "cursor" JSONB,
    "failure" TEXT,
    "failure_detail" TEXT,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run_item" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "target" "sync_target" NOT NULL,
    "action" "sync_action" NOT NULL,
    "external_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "person_id" UUID,
    "department_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "status" "sync_item_status" NOT NULL DEFAULT 'PLANNED',
    "is_held" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "hash" TEXT,
    "dn" TEXT,

    CONSTRAINT "sync_run_item_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "sync_link" (
    "source_id" UUID NOT NULL,
    "target" "sync_target" NOT NULL,
    "external_id" TEXT NOT NULL,
    "person_id" UUID,
    "department_id" UUID,
    "hash" TEXT NOT NULL,
    "dn" TEXT NOT NULL,
    "missing_since" TIMESTAMPTZ(3),

    CONSTRAINT "sync_link_pkey" PRIMARY KEY ("source_id","target","external_id")
);

-- CreateTable
CREATE TABLE "sync_lease" (
    "source_id" UUID NOT NULL,
    "token" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_lease_pkey" PRIMARY KEY ("source_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sync_source_name_key" ON "sync_source"("name");

-- CreateIndex
CREATE INDEX "sync_run_source_id_id_idx" ON "sync_run"("source_id", "id" DESC);

-- CreateIndex
CREATE INDEX "sync_run_requested_at_idx" ON "sync_run"("requested_at");

-- CreateIndex
CREATE INDEX "sync_run_item_run_id_status_seq_idx" ON "sync_run_item"("run_id", "status", "seq");

-- CreateIndex
CREATE INDEX "sync_run_item_person_id_idx" ON "sync_run_item"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_link_person_id_key" ON "sync_link"("person_id");

-- CreateIndex
CREATE INDEX "sync_link_department_id_idx" ON "sync_link"("department_id");

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sync_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run_item" ADD CONSTRAINT "sync_run_item_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "sync_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_link" ADD CONSTRAINT "sync_link_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sync_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_lease" ADD CONSTRAINT "sync_lease_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sync_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One source has one run under way; the schema can't say so.
CREATE UNIQUE INDEX "sync_run_one_under_way" ON "sync_run"("source_id") WHERE "state" IN ('QUEUED', 'READING', 'PLANNED', 'APPLYING', 'LINKING');

-- Where a run goes on: what is planned and does not wait for approval.
CREATE INDEX "sync_run_item_planned_idx" ON "sync_run_item"("run_id", "seq") WHERE "status" = 'PLANNED';
