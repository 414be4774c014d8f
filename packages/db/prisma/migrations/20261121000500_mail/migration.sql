-- CreateEnum
CREATE TYPE "account_link_purpose" AS ENUM ('RESET', 'VERIFY', 'INVITE', 'REGISTER');

-- CreateEnum
CREATE TYPE "registration_mode" AS ENUM ('OPEN', 'INVITATION', 'CLOSED');

-- AlterTable
ALTER TABLE "account" ADD COLUMN "verified_mail" TEXT;

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "purpose" "account_link_purpose" NOT NULL,
    "account_id" UUID,
    "mail" TEXT,
    "locale" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "token_hash" TEXT,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "registration" "registration_mode" NOT NULL DEFAULT 'CLOSED',

    CONSTRAINT "account_settings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "account_settings_one" CHECK ("id" = 1)
);
INSERT INTO "account_settings" ("id") VALUES (1);

-- CreateTable
CREATE TABLE "mail_message" (
    "id" UUID NOT NULL,
    "mail_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_token_hash_key" ON "account_link"("token_hash");

-- CreateIndex
CREATE INDEX "account_link_account_id_idx" ON "account_link"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_message_mail_id_key" ON "mail_message"("mail_id");

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;
