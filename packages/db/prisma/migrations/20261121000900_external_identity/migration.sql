-- AlterTable
ALTER TABLE "sign_in_challenge" ADD COLUMN "is_vouched" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "external_identity" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "label" TEXT,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_attempt" (
    "id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "session_id" UUID,
    "next" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "external_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "external_identity_issuer_subject_key" ON "external_identity"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "external_identity_account_id_provider_key" ON "external_identity"("account_id", "provider");

-- CreateIndex
CREATE UNIQUE INDEX "external_attempt_secret_hash_key" ON "external_attempt"("secret_hash");

-- CreateIndex
CREATE INDEX "external_attempt_expires_at_idx" ON "external_attempt"("expires_at");

-- AddForeignKey
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
