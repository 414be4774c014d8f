-- CreateEnum
CREATE TYPE "transition_kind" AS ENUM ('LEAVE', 'RETURN', 'RESIGNATION');

-- CreateEnum
CREATE TYPE "transition_state" AS ENUM ('SCHEDULED', 'DONE', 'CANCELLED', 'REFUSED');

-- CreateEnum
CREATE TYPE "reorganisation_state" AS ENUM ('DRAFT', 'SCHEDULED', 'APPLIED', 'CANCELLED');

-- CreateTable
CREATE TABLE "person_transition" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "transition_kind" NOT NULL,
    "effective_on" DATE NOT NULL,
    "state" "transition_state" NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "fault" TEXT,

    CONSTRAINT "person_transition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reorganisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "reorganisation_state" NOT NULL DEFAULT 'DRAFT',
    "operations" JSONB NOT NULL,
    "effective_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "fault" TEXT,
    "outcome" JSONB,
    "created_by_id" UUID NOT NULL,
    "updated_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "reorganisation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_transition_person_id_idx" ON "person_transition"("person_id");

-- AddForeignKey
ALTER TABLE "person_transition" ADD CONSTRAINT "person_transition_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema can't say: one turn waits for each person at most, and what waits is found without reading what is over.
CREATE UNIQUE INDEX "person_transition_one_scheduled" ON "person_transition"("person_id") WHERE "state" = 'SCHEDULED';
CREATE INDEX "person_transition_due_idx" ON "person_transition"("effective_on") WHERE "state" = 'SCHEDULED';
CREATE INDEX "reorganisation_due_idx" ON "reorganisation"("effective_on") WHERE "state" = 'SCHEDULED';
ALTER TABLE "reorganisation" ADD CONSTRAINT "reorganisation_scheduled_for_a_day" CHECK ("state" <> 'SCHEDULED' OR "effective_on" IS NOT NULL);
