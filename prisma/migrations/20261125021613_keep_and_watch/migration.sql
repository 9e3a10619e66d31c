-- AlterTable
ALTER TABLE "Firewall" ADD COLUMN     "acceptedBackupId" UUID,
ADD COLUMN     "backupAt" TIMESTAMPTZ(3),
ADD COLUMN     "backupError" TEXT,
ADD COLUMN     "backupFormat" TEXT,
ADD COLUMN     "backupRevision" TEXT,
ADD COLUMN     "driftItems" INTEGER,
ADD COLUMN     "driftSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "FirewallVisit" ADD COLUMN     "backupDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "AlertRule" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customerId" UUID,
    "enabled" BOOLEAN,
    "severity" TEXT,
    "threshold" DOUBLE PRECISION,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AlertRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "clearSince" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedById" UUID,
    "acknowledgedBy" TEXT,
    "note" TEXT,
    "flaps" INTEGER NOT NULL DEFAULT 0,
    "isFlapping" BOOLEAN NOT NULL DEFAULT false,
    "toldAt" TIMESTAMPTZ(3),
    "causeId" UUID,
    "silenceId" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertEvent" (
    "id" UUID NOT NULL,
    "alertId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "by" TEXT,
    "note" TEXT,

    CONSTRAINT "AlertEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Silence" (
    "id" UUID NOT NULL,
    "customerId" UUID,
    "siteId" UUID,
    "firewallId" UUID,
    "kind" TEXT,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" UUID,
    "createdByName" TEXT NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Silence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BackupChunk" (
    "firewallId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "chunkSealed" BYTEA NOT NULL,
    "plainBytes" INTEGER NOT NULL,

    CONSTRAINT "BackupChunk_pkey" PRIMARY KEY ("firewallId","id")
);

-- CreateTable
CREATE TABLE "BackupContent" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "rawChunks" TEXT[],
    "sections" JSONB,
    "itemCount" INTEGER,
    "parseMs" INTEGER,
    "parseError" TEXT,

    CONSTRAINT "BackupContent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Backup" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "contentId" UUID NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "revision" TEXT,
    "revisedAt" TIMESTAMPTZ(3),
    "revisedBy" TEXT,
    "revisionNote" TEXT,
    "version" TEXT,
    "keepForever" BOOLEAN NOT NULL DEFAULT false,
    "added" INTEGER,
    "removed" INTEGER,
    "changed" INTEGER,

    CONSTRAINT "Backup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BackupTask" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "intentEntry" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "backupId" UUID,
    "errorCode" TEXT,
    "message" TEXT,

    CONSTRAINT "BackupTask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConfigAcceptance" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "backupId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "operatorId" UUID,
    "operatorName" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "ConfigAcceptance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConfigRevert" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "revision" TEXT NOT NULL,
    "entry" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "runningSha256" TEXT NOT NULL,
    "targetDigest" TEXT,
    "runningDigest" TEXT,
    "state" TEXT NOT NULL,
    "stateAt" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "intentEntry" BIGINT,
    "restartActor" JSONB,
    "restartEntry" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "storedAt" TIMESTAMPTZ(3),
    "restartedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "taskId" UUID,
    "backupId" UUID,
    "message" TEXT,

    CONSTRAINT "ConfigRevert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Channel" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customerId" UUID,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "settings" JSONB NOT NULL,
    "settingsSealed" TEXT,
    "severities" TEXT[],
    "customerIds" UUID[],
    "digest" TEXT NOT NULL DEFAULT 'at-once',
    "forInvitations" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "heldUntil" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "lastDeliveryAt" TIMESTAMPTZ(3),
    "leasedBy" TEXT,
    "leaseTerm" INTEGER NOT NULL DEFAULT 0,
    "leasedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tx" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "customerId" UUID,
    "firewallId" UUID,
    "alertId" UUID,
    "facts" JSONB NOT NULL,
    "handedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" UUID NOT NULL,
    "place" BIGSERIAL NOT NULL,
    "channelId" UUID NOT NULL,
    "noticeId" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "batchId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "triedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditCopy" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "firstEntry" BIGINT NOT NULL,
    "lastEntry" BIGINT NOT NULL,
    "heldUntil" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "lastCopyAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditCopy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Brand" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "logo" BYTEA,
    "logoType" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Brand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomerReport" (
    "customerId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CustomerReport_pkey" PRIMARY KEY ("customerId","month")
);

-- CreateIndex
CREATE INDEX "AlertRule_customerId_idx" ON "AlertRule"("customerId");

-- CreateIndex
CREATE INDEX "Alert_firewallId_changedAt_idx" ON "Alert"("firewallId", "changedAt");

-- CreateIndex
CREATE INDEX "Alert_customerId_state_openedAt_id_idx" ON "Alert"("customerId", "state", "openedAt", "id");

-- CreateIndex
CREATE INDEX "Alert_state_openedAt_id_idx" ON "Alert"("state", "openedAt", "id");

-- CreateIndex
CREATE INDEX "Alert_causeId_idx" ON "Alert"("causeId");

-- CreateIndex
CREATE INDEX "AlertEvent_alertId_at_idx" ON "AlertEvent"("alertId", "at");

-- CreateIndex
CREATE INDEX "Silence_endsAt_idx" ON "Silence"("endsAt");

-- CreateIndex
CREATE INDEX "Silence_customerId_idx" ON "Silence"("customerId");

-- CreateIndex
CREATE INDEX "Silence_siteId_idx" ON "Silence"("siteId");

-- CreateIndex
CREATE INDEX "Silence_firewallId_idx" ON "Silence"("firewallId");

-- CreateIndex
CREATE UNIQUE INDEX "BackupContent_firewallId_sha256_key" ON "BackupContent"("firewallId", "sha256");

-- CreateIndex
CREATE INDEX "Backup_firewallId_takenAt_id_idx" ON "Backup"("firewallId", "takenAt", "id");

-- CreateIndex
CREATE INDEX "Backup_takenAt_id_idx" ON "Backup"("takenAt", "id");

-- CreateIndex
CREATE INDEX "Backup_contentId_idx" ON "Backup"("contentId");

-- CreateIndex
CREATE INDEX "BackupTask_firewallId_createdAt_idx" ON "BackupTask"("firewallId", "createdAt");

-- CreateIndex
CREATE INDEX "ConfigAcceptance_firewallId_at_idx" ON "ConfigAcceptance"("firewallId", "at");

-- CreateIndex
CREATE INDEX "ConfigAcceptance_backupId_idx" ON "ConfigAcceptance"("backupId");

-- CreateIndex
CREATE INDEX "ConfigRevert_firewallId_createdAt_idx" ON "ConfigRevert"("firewallId", "createdAt");

-- CreateIndex
CREATE INDEX "Channel_customerId_idx" ON "Channel"("customerId");

-- CreateIndex
CREATE INDEX "Notice_at_idx" ON "Notice"("at");

-- CreateIndex
CREATE INDEX "Delivery_channelId_place_idx" ON "Delivery"("channelId", "place");

-- CreateIndex
CREATE INDEX "Delivery_noticeId_idx" ON "Delivery"("noticeId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_channelId_noticeId_key" ON "Delivery"("channelId", "noticeId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditCopy_name_key" ON "AuditCopy"("name");

-- AddForeignKey
ALTER TABLE "AlertRule" ADD CONSTRAINT "AlertRule_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_causeId_fkey" FOREIGN KEY ("causeId") REFERENCES "Alert"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertEvent" ADD CONSTRAINT "AlertEvent_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Silence" ADD CONSTRAINT "Silence_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Silence" ADD CONSTRAINT "Silence_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Silence" ADD CONSTRAINT "Silence_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BackupChunk" ADD CONSTRAINT "BackupChunk_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BackupContent" ADD CONSTRAINT "BackupContent_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Backup" ADD CONSTRAINT "Backup_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Backup" ADD CONSTRAINT "Backup_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "BackupContent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BackupTask" ADD CONSTRAINT "BackupTask_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConfigAcceptance" ADD CONSTRAINT "ConfigAcceptance_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConfigAcceptance" ADD CONSTRAINT "ConfigAcceptance_backupId_fkey" FOREIGN KEY ("backupId") REFERENCES "Backup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConfigRevert" ADD CONSTRAINT "ConfigRevert_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerReport" ADD CONSTRAINT "CustomerReport_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot describe.

-- One at a time for each firewall.
CREATE UNIQUE INDEX "BackupTask_open" ON "BackupTask" ("firewallId") WHERE "finishedAt" IS NULL;
CREATE UNIQUE INDEX "ConfigRevert_open" ON "ConfigRevert" ("firewallId") WHERE "finishedAt" IS NULL;
CREATE INDEX "BackupTask_due" ON "BackupTask" ("nextStepAt") WHERE "finishedAt" IS NULL;
CREATE INDEX "ConfigRevert_due" ON "ConfigRevert" ("nextStepAt") WHERE "finishedAt" IS NULL;
CREATE INDEX "FirewallVisit_backupDueAt_idx" ON "FirewallVisit" ("backupDueAt");
CREATE INDEX "Firewall_drift" ON "Firewall" ("driftSince", id) WHERE "driftSince" IS NOT NULL;

-- One alert for each firewall, kind and subject that is not over.
CREATE UNIQUE INDEX "Alert_open" ON "Alert" ("firewallId", kind, subject) WHERE state <> 'resolved';
-- What resolved lately may come back; what did long ago is removed.
CREATE INDEX "Alert_resolved" ON "Alert" ("resolvedAt") WHERE state = 'resolved';
CREATE UNIQUE INDEX "AlertRule_installation" ON "AlertRule" (kind) WHERE "customerId" IS NULL;
CREATE UNIQUE INDEX "AlertRule_customer" ON "AlertRule" (kind, "customerId") WHERE "customerId" IS NOT NULL;

-- What is still to be handed over and to be sent.
CREATE INDEX "Notice_to_hand" ON "Notice" (tx, id) WHERE "handedAt" IS NULL;
CREATE INDEX "Delivery_to_send" ON "Delivery" ("channelId", place) WHERE state IN ('waiting', 'sending');

-- The file has its place in the data directory, so there is one at most.
CREATE UNIQUE INDEX "AuditCopy_file" ON "AuditCopy" (kind) WHERE kind = 'file';

-- Going back is followed on the page of its firewall.
CREATE FUNCTION live_revert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId") SELECT 'revert', "customerId", id FROM "Firewall" WHERE id = NEW."firewallId";
  RETURN NULL;
END $$;
CREATE TRIGGER "ConfigRevert_live" AFTER INSERT OR UPDATE OF state, message ON "ConfigRevert" FOR EACH ROW EXECUTE FUNCTION live_revert();

-- What lists of alerts show: alerts that opened, and what follows from them.
CREATE FUNCTION live_alert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO "LiveChange" (topic, "customerId", "firewallId")
    SELECT DISTINCT 'alert', n."customerId", n."firewallId" FROM told_rows n JOIN old_rows o ON o.id = n.id
    WHERE (n.*) IS DISTINCT FROM (o.*) AND (n."openedAt" IS NOT NULL OR n."causeId" IS NOT NULL OR o."causeId" IS NOT NULL);
    RETURN NULL;
  END IF;
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId") SELECT DISTINCT 'alert', "customerId", "firewallId" FROM told_rows WHERE "openedAt" IS NOT NULL OR "causeId" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "Alert_live_new" AFTER INSERT ON "Alert" REFERENCING NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_alert();
CREATE TRIGGER "Alert_live" AFTER UPDATE ON "Alert" REFERENCING OLD TABLE AS old_rows NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_alert();
CREATE TRIGGER "Alert_live_gone" AFTER DELETE ON "Alert" REFERENCING OLD TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_alert();
CREATE TRIGGER "Silence_live" AFTER INSERT OR UPDATE OR DELETE ON "Silence" FOR EACH ROW EXECUTE FUNCTION live_row('silence', 'customerId', '');
CREATE TRIGGER "AlertRule_live" AFTER INSERT OR UPDATE OR DELETE ON "AlertRule" FOR EACH ROW EXECUTE FUNCTION live_row('alert-rule', 'customerId', '');

-- Who manages channels is told of what became of them; a lease that moves is nothing to look at.
CREATE TRIGGER "Channel_live" AFTER INSERT OR DELETE OR UPDATE OF name, settings, "settingsSealed", severities, "customerIds", digest, "forInvitations", enabled, revision, "heldUntil", failures, "lastError", "lastDeliveryAt" ON "Channel" FOR EACH ROW EXECUTE FUNCTION live_row('channel', 'customerId', '');

-- Lists of drift, and the accepted mark among backups.
CREATE FUNCTION live_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId") VALUES ('drift', NEW."customerId", NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER "Firewall_live_drift" AFTER UPDATE OF "driftSince", "driftItems", "acceptedBackupId" ON "Firewall" FOR EACH ROW
  WHEN ((OLD."driftSince", OLD."driftItems", OLD."acceptedBackupId") IS DISTINCT FROM (NEW."driftSince", NEW."driftItems", NEW."acceptedBackupId")) EXECUTE FUNCTION live_drift();

-- Taking a backup is followed on the page of its firewall and in the list of the fleet; the columns of the firewall move with its end.
CREATE FUNCTION live_backup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId") SELECT 'backup', "customerId", id FROM "Firewall" WHERE id = NEW."firewallId";
  RETURN NULL;
END $$;
CREATE TRIGGER "BackupTask_live" AFTER INSERT OR UPDATE OF state, message ON "BackupTask" FOR EACH ROW EXECUTE FUNCTION live_backup();
