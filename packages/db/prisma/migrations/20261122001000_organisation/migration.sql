-- AlterEnum: the new value is used by no statement of this transaction.
ALTER TYPE "person_state" ADD VALUE 'SCHEDULED_FOR_DELETION';

-- CreateEnum
CREATE TYPE "department_kind" AS ENUM ('COMPANY', 'DIVISION', 'DEPARTMENT', 'TEAM');

-- CreateEnum
CREATE TYPE "absence_reason" AS ENUM ('VACATION', 'BUSINESS_TRIP', 'TRAINING', 'SICK', 'OTHER');

-- AlterTable
ALTER TABLE "person" ADD COLUMN "position_id" UUID,
ADD COLUMN "manager_id" UUID,
ADD COLUMN "assistant_id" UUID,
ADD COLUMN "joined_on" DATE,
ADD COLUMN "left_on" DATE;

-- AlterTable
ALTER TABLE "department" ADD COLUMN "kind" "department_kind" NOT NULL DEFAULT 'DEPARTMENT',
ADD COLUMN "closed_on" DATE;

-- CreateTable
CREATE TABLE "position" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" "absence_reason" NOT NULL,
    "note" TEXT,
    "deputy_id" UUID,
    "entered_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "favourite" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "person_id" UUID,
    "department_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "favourite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recent_person" (
    "owner_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recent_person_pkey" PRIMARY KEY ("owner_id","person_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "position_name_key" ON "position"("name");

-- CreateIndex
CREATE INDEX "absence_person_id_ends_at_idx" ON "absence"("person_id", "ends_at");

-- CreateIndex
CREATE INDEX "absence_deputy_id_idx" ON "absence"("deputy_id");

-- CreateIndex
CREATE INDEX "favourite_person_id_idx" ON "favourite"("person_id");

-- CreateIndex
CREATE INDEX "favourite_department_id_idx" ON "favourite"("department_id");

-- CreateIndex
CREATE UNIQUE INDEX "favourite_owner_id_person_id_key" ON "favourite"("owner_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "favourite_owner_id_department_id_key" ON "favourite"("owner_id", "department_id");

-- CreateIndex
CREATE INDEX "recent_person_person_id_idx" ON "recent_person"("person_id");

-- CreateIndex
CREATE INDEX "person_manager_id_idx" ON "person"("manager_id");

-- CreateIndex
CREATE INDEX "person_assistant_id_idx" ON "person"("assistant_id");

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_assistant_id_fkey" FOREIGN KEY ("assistant_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "favourite" ADD CONSTRAINT "favourite_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "favourite" ADD CONSTRAINT "favourite_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "favourite" ADD CONSTRAINT "favourite_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recent_person" ADD CONSTRAINT "recent_person_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recent_person" ADD CONSTRAINT "recent_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema can't say: an absence takes time, a favourite is one thing, and nobody is her own manager, assistant or deputy.
ALTER TABLE "absence" ADD CONSTRAINT "absence_takes_time" CHECK ("ends_at" > "starts_at");
ALTER TABLE "absence" ADD CONSTRAINT "absence_deputy_is_another" CHECK ("deputy_id" <> "person_id");
ALTER TABLE "favourite" ADD CONSTRAINT "favourite_is_one_thing" CHECK (num_nonnulls("person_id", "department_id") = 1);
ALTER TABLE "person" ADD CONSTRAINT "person_manager_is_another" CHECK ("manager_id" <> "id");
ALTER TABLE "person" ADD CONSTRAINT "person_assistant_is_another" CHECK ("assistant_id" <> "id");

-- Who is away now is asked for every list of people.
CREATE INDEX "absence_holding_idx" ON "absence"("ends_at") WHERE "cancelled_at" IS NULL;
