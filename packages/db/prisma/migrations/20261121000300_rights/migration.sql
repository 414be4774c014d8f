-- CreateEnum
CREATE TYPE "role_change_kind" AS ENUM ('GRANT', 'TAKE');

-- CreateEnum
CREATE TYPE "role_change_state" AS ENUM ('PENDING', 'APPROVED', 'REFUSED', 'EXPIRED');

-- AlterTable
ALTER TABLE "role" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "updated_by_id" UUID;

-- AlterTable
ALTER TABLE "role_assignment" ADD COLUMN "assigned_by_id" UUID,
ADD COLUMN "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "role_inclusion" (
    "role_id" UUID NOT NULL,
    "included_id" UUID NOT NULL,

    CONSTRAINT "role_inclusion_pkey" PRIMARY KEY ("role_id","included_id")
);

-- CreateTable
CREATE TABLE "role_change" (
    "id" UUID NOT NULL,
    "kind" "role_change_kind" NOT NULL,
    "state" "role_change_state" NOT NULL DEFAULT 'PENDING',
    "account_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "department_id" UUID,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "role_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "role_inclusion_included_id_idx" ON "role_inclusion"("included_id");

-- CreateIndex
CREATE INDEX "role_change_account_id_idx" ON "role_change"("account_id");

-- CreateIndex
CREATE INDEX "role_change_role_id_idx" ON "role_change"("role_id");

-- CreateIndex
CREATE INDEX "role_assignment_role_id_idx" ON "role_assignment"("role_id");

-- AddForeignKey
ALTER TABLE "role_inclusion" ADD CONSTRAINT "role_inclusion_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_inclusion" ADD CONSTRAINT "role_inclusion_included_id_fkey" FOREIGN KEY ("included_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_change" ADD CONSTRAINT "role_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_change" ADD CONSTRAINT "role_change_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema can't say: nobody asks twice for what is still open, nobody agrees with herself, and no role includes itself.
CREATE UNIQUE INDEX "role_change_one_pending" ON "role_change"("account_id", "role_id", "department_id") NULLS NOT DISTINCT WHERE "state" = 'PENDING';
ALTER TABLE "role_change" ADD CONSTRAINT "role_change_needs_two" CHECK ("state" <> 'APPROVED' OR "decided_by_id" <> "requested_by_id");
ALTER TABLE "role_change" ADD CONSTRAINT "role_change_is_decided" CHECK (("state" IN ('APPROVED', 'REFUSED')) = ("decided_by_id" IS NOT NULL));
ALTER TABLE "role_inclusion" ADD CONSTRAINT "role_inclusion_of_another" CHECK ("role_id" <> "included_id");
