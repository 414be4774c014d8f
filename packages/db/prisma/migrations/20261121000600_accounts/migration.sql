-- AlterTable
ALTER TABLE "account" ADD COLUMN "time_zone" TEXT,
ADD COLUMN "erase_after" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "person" ADD COLUMN "mobile" TEXT;

-- What the Prisma schema can't say: who shall be erased can't sign in meanwhile, and the erasure finds its accounts without reading all of them.
ALTER TABLE "account" ADD CONSTRAINT "account_erasure_is_disabled" CHECK ("erase_after" IS NULL OR "state" = 'DISABLED');
CREATE INDEX "account_erase_after_idx" ON "account"("erase_after") WHERE "erase_after" IS NOT NULL;
