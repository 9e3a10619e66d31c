-- AlterTable
ALTER TABLE "Operator" ADD COLUMN     "joinedAt" TIMESTAMPTZ(3),
ADD COLUMN     "passwordChangedAt" TIMESTAMPTZ(3),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "passwordHash" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "lastAddress" TEXT,
ADD COLUMN     "provenAt" TIMESTAMPTZ(3),
ADD COLUMN     "secondFactorAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "AuditVerification" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "firstEntry" BIGINT NOT NULL,
    "lastEntry" BIGINT NOT NULL,
    "lastHash" TEXT NOT NULL,
    "entries" BIGINT NOT NULL,
    "checkpoints" BIGINT NOT NULL,
    "problem" TEXT,
    "problemEntry" BIGINT,
    "durationMs" INTEGER NOT NULL,

    CONSTRAINT "AuditVerification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "secondFactorFor" TEXT NOT NULL DEFAULT 'admins',
    "auditKeepDays" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InstallationBackup" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "lastEntry" BIGINT NOT NULL,
    "rowCount" BIGINT NOT NULL,
    "durationMs" INTEGER NOT NULL,

    CONSTRAINT "InstallationBackup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessLink" (
    "linkHash" TEXT NOT NULL,
    "operatorId" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdById" UUID,
    "createdByName" TEXT NOT NULL,

    CONSTRAINT "AccessLink_pkey" PRIMARY KEY ("linkHash")
);

-- CreateTable
CREATE TABLE "SecondFactor" (
    "operatorId" UUID NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "lastStep" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SecondFactor_pkey" PRIMARY KEY ("operatorId")
);

-- CreateTable
CREATE TABLE "SecondFactorDraft" (
    "operatorId" UUID NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SecondFactorDraft_pkey" PRIMARY KEY ("operatorId")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "operatorId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("operatorId","codeHash")
);

-- CreateTable
CREATE TABLE "TokenScope" (
    "tokenId" UUID NOT NULL,
    "customerId" UUID NOT NULL,

    CONSTRAINT "TokenScope_pkey" PRIMARY KEY ("tokenId","customerId")
);

-- CreateIndex
CREATE INDEX "AuditVerification_at_idx" ON "AuditVerification"("at");

-- CreateIndex
CREATE INDEX "InstallationBackup_at_idx" ON "InstallationBackup"("at");

-- CreateIndex
CREATE INDEX "AccessLink_operatorId_idx" ON "AccessLink"("operatorId");

-- CreateIndex
CREATE INDEX "AccessLink_createdById_idx" ON "AccessLink"("createdById");

-- CreateIndex
CREATE INDEX "Operator_name_id_idx" ON "Operator"("name", "id");

-- CreateIndex
CREATE INDEX "TokenScope_customerId_idx" ON "TokenScope"("customerId");

-- CreateIndex
CREATE INDEX "AuditEntry_result_entry_idx" ON "AuditEntry"("result", "entry");

-- CreateIndex
CREATE INDEX "AuditEntry_sourceAddress_entry_idx" ON "AuditEntry"("sourceAddress", "entry");

-- CreateIndex
CREATE INDEX "AuditEntry_requestId_idx" ON "AuditEntry"("requestId");

-- CreateIndex
CREATE INDEX "AuditEntry_entry_at_idx" ON "AuditEntry"("entry", "at");

-- AddForeignKey
ALTER TABLE "AccessLink" ADD CONSTRAINT "AccessLink_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondFactorDraft" ADD CONSTRAINT "SecondFactorDraft_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TokenScope" ADD CONSTRAINT "TokenScope_tokenId_fkey" FOREIGN KEY ("tokenId") REFERENCES "ApiToken"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TokenScope" ADD CONSTRAINT "TokenScope_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A token may have several customers now: what one had moves to its scopes.
ALTER TABLE "ApiToken" ADD COLUMN "everywhere" BOOLEAN NOT NULL DEFAULT false;
UPDATE "ApiToken" SET everywhere = "customerId" IS NULL;
INSERT INTO "TokenScope" ("tokenId", "customerId") SELECT id, "customerId" FROM "ApiToken" WHERE "customerId" IS NOT NULL;
ALTER TABLE "ApiToken" DROP COLUMN "customerId";
ALTER TABLE "ApiToken" ALTER COLUMN "everywhere" DROP DEFAULT;

-- Who has a password has joined.
UPDATE "Operator" SET "joinedAt" = "createdAt", "passwordChangedAt" = "createdAt" WHERE "passwordHash" IS NOT NULL;

-- What Prisma cannot describe.

INSERT INTO "Settings" (id) VALUES (1);
ALTER TABLE "Settings" ADD CONSTRAINT "Settings_one_row" CHECK (id = 1), ADD CONSTRAINT "Settings_second_factor" CHECK ("secondFactorFor" IN ('nobody', 'admins', 'everyone')), ADD CONSTRAINT "Settings_audit_keep" CHECK ("auditKeepDays" >= 30);
ALTER TABLE "AccessLink" ADD CONSTRAINT "AccessLink_purpose" CHECK (purpose IN ('join', 'reset'));
-- At most one open link per operator; a new one replaces it.
CREATE UNIQUE INDEX "AccessLink_one_open" ON "AccessLink" ("operatorId") WHERE "usedAt" IS NULL;

-- The audit log only grows at its end. Its oldest part may go, up to a signed checkpoint, and only through audit_prune().
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' AND TG_TABLE_NAME = 'AuditEntry' THEN
    IF OLD.entry <= coalesce(nullif(current_setting('palisade.audit_prune_to', true), ''), '0')::bigint THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'The audit log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Removes entries 1 to up_to. The signed checkpoint of up_to stays: it says what the first kept entry has to follow. It
-- does not take the chain's lock: what it removes nobody appends to, and who writes at the end need not wait.
CREATE FUNCTION audit_prune(up_to bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  removed bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7270736904);
  IF NOT EXISTS (SELECT 1 FROM "AuditCheckpoint" c JOIN "AuditEntry" a ON a.entry = c.entry AND a.hash = c.hash WHERE c.entry = up_to) THEN
    RAISE EXCEPTION 'No signed checkpoint stands at entry %.', up_to USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "AuditEntry" WHERE entry > up_to) THEN
    RAISE EXCEPTION 'The newest entry is never removed.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('palisade.audit_prune_to', up_to::text, true);
  DELETE FROM "AuditEntry" WHERE entry <= up_to;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('palisade.audit_prune_to', '', true);
  RETURN removed;
END $$;

-- Names in the audit log are searched by any part of them. A server that does not have the extension, or does not let us
-- make it, finds the same, only slower. The list of what is not yet sorted in is kept short, because a writer who fills
-- it sorts it in while all others wait.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "AuditEntry_names" ON "AuditEntry" USING gin ("targetName" gin_trgm_ops, "actorName" gin_trgm_ops, "customerName" gin_trgm_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'No index for names in the audit log: %', SQLERRM;
END $$;

-- An entry of a longer transaction is appended when that commits. So the lock of the chain is held while the server
-- commits, and not while it waits for a client to say so: one slow client would keep every other writer waiting.
CREATE TABLE "AuditPending" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "canonical" TEXT NOT NULL,

    CONSTRAINT "AuditPending_pkey" PRIMARY KEY ("id")
);
CREATE FUNCTION audit_append_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "AuditPending" WHERE id = NEW.id;
  PERFORM audit_append(NEW.canonical);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_append_at_commit AFTER INSERT ON "AuditPending" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_append_pending();
