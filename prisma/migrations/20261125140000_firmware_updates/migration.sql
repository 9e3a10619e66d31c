-- AlterTable
ALTER TABLE "Firewall" ADD COLUMN     "updateByEndpoint" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "MaintenanceWindow" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "siteId" UUID,
    "firewallId" UUID,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "weekdays" INTEGER[],
    "dates" TEXT[],
    "earliestStart" TEXT NOT NULL,
    "latestStart" TEXT NOT NULL,
    "hardEnd" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MaintenanceWindow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blackout" (
    "id" UUID NOT NULL,
    "customerId" UUID,
    "siteId" UUID,
    "name" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Blackout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UpdatePlan" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "holdIfReboot" BOOLEAN NOT NULL DEFAULT false,
    "design" JSONB NOT NULL,
    "customerIds" UUID[],
    "setHash" TEXT,
    "fourEyes" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" UUID,
    "createdByName" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "approvedAt" TIMESTAMPTZ(3),
    "pausedAt" TIMESTAMPTZ(3),
    "haltedReason" TEXT,
    "finishedAt" TIMESTAMPTZ(3),
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "announced" TEXT[],

    CONSTRAINT "UpdatePlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanApproval" (
    "id" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "setHash" TEXT NOT NULL,

    CONSTRAINT "PlanApproval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanRing" (
    "id" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "gate" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "soakUntil" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "PlanRing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UpdateJob" (
    "id" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "ringId" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "pairKey" TEXT,
    "activePair" TEXT,
    "state" TEXT NOT NULL,
    "stateSince" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "fromVersion" TEXT,
    "toVersion" TEXT,
    "offer" JSONB NOT NULL,
    "offerHash" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "windowId" UUID,
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "leasedBy" TEXT,
    "leaseTerm" INTEGER NOT NULL DEFAULT 0,
    "leasedUntil" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "backupId" UUID,
    "intentAt" TIMESTAMPTZ(3),
    "intentEntry" BIGINT,
    "calledAt" TIMESTAMPTZ(3),
    "rebootDue" BOOLEAN,
    "memory" JSONB NOT NULL DEFAULT '{}',
    "before" JSONB,
    "after" JSONB,
    "checks" JSONB,
    "logTail" TEXT,
    "reason" TEXT,
    "message" TEXT,
    "soakUntil" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,
    "decision" TEXT,
    "retryOfId" UUID,

    CONSTRAINT "UpdateJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UpdateJobEvent" (
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "UpdateJobEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VersionHold" (
    "id" UUID NOT NULL,
    "family" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "customerId" UUID,
    "planId" UUID,
    "fromPosition" INTEGER,
    "note" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedBy" TEXT,

    CONSTRAINT "VersionHold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EmergencyStop" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedBy" TEXT,

    CONSTRAINT "EmergencyStop_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MaintenanceWindow_customerId_idx" ON "MaintenanceWindow"("customerId");

-- CreateIndex
CREATE INDEX "MaintenanceWindow_siteId_idx" ON "MaintenanceWindow"("siteId");

-- CreateIndex
CREATE INDEX "MaintenanceWindow_firewallId_idx" ON "MaintenanceWindow"("firewallId");

-- CreateIndex
CREATE INDEX "Blackout_customerId_idx" ON "Blackout"("customerId");

-- CreateIndex
CREATE INDEX "Blackout_siteId_idx" ON "Blackout"("siteId");

-- CreateIndex
CREATE INDEX "UpdatePlan_state_createdAt_idx" ON "UpdatePlan"("state", "createdAt");

-- CreateIndex
CREATE INDEX "UpdatePlan_nextStepAt_idx" ON "UpdatePlan"("nextStepAt");

-- CreateIndex
CREATE UNIQUE INDEX "PlanApproval_planId_operatorId_key" ON "PlanApproval"("planId", "operatorId");

-- CreateIndex
CREATE UNIQUE INDEX "PlanRing_planId_position_key" ON "PlanRing"("planId", "position");

-- CreateIndex
CREATE INDEX "UpdateJob_planId_state_idx" ON "UpdateJob"("planId", "state");

-- CreateIndex
CREATE INDEX "UpdateJob_ringId_state_idx" ON "UpdateJob"("ringId", "state");

-- CreateIndex
CREATE INDEX "UpdateJob_firewallId_stateSince_idx" ON "UpdateJob"("firewallId", "stateSince");

-- CreateIndex
CREATE INDEX "UpdateJob_nextStepAt_idx" ON "UpdateJob"("nextStepAt");

-- CreateIndex
CREATE INDEX "UpdateJobEvent_jobId_at_idx" ON "UpdateJobEvent"("jobId", "at");

-- CreateIndex
CREATE INDEX "VersionHold_family_version_idx" ON "VersionHold"("family", "version");

-- CreateIndex
CREATE INDEX "EmergencyStop_at_idx" ON "EmergencyStop"("at");

-- AddForeignKey
ALTER TABLE "MaintenanceWindow" ADD CONSTRAINT "MaintenanceWindow_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MaintenanceWindow" ADD CONSTRAINT "MaintenanceWindow_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MaintenanceWindow" ADD CONSTRAINT "MaintenanceWindow_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Blackout" ADD CONSTRAINT "Blackout_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Blackout" ADD CONSTRAINT "Blackout_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanApproval" ADD CONSTRAINT "PlanApproval_planId_fkey" FOREIGN KEY ("planId") REFERENCES "UpdatePlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRing" ADD CONSTRAINT "PlanRing_planId_fkey" FOREIGN KEY ("planId") REFERENCES "UpdatePlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateJob" ADD CONSTRAINT "UpdateJob_planId_fkey" FOREIGN KEY ("planId") REFERENCES "UpdatePlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateJob" ADD CONSTRAINT "UpdateJob_ringId_fkey" FOREIGN KEY ("ringId") REFERENCES "PlanRing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateJob" ADD CONSTRAINT "UpdateJob_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateJobEvent" ADD CONSTRAINT "UpdateJobEvent_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "UpdateJob"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot describe.

-- One job of a firewall at a time, and one member of an HA pair at a time, over all plans.
CREATE UNIQUE INDEX "UpdateJob_open" ON "UpdateJob" ("firewallId") WHERE "finishedAt" IS NULL;
CREATE UNIQUE INDEX "UpdateJob_active_pair" ON "UpdateJob" ("activePair") WHERE "activePair" IS NOT NULL;
CREATE INDEX "UpdateJob_due" ON "UpdateJob" ("nextStepAt") WHERE "finishedAt" IS NULL;
CREATE INDEX "UpdatePlan_due" ON "UpdatePlan" ("nextStepAt") WHERE "finishedAt" IS NULL;

-- Pages that show windows and the calendar look again.
CREATE TRIGGER "MaintenanceWindow_live" AFTER INSERT OR UPDATE OR DELETE ON "MaintenanceWindow" FOR EACH ROW EXECUTE FUNCTION live_row('window', 'customerId', '');
CREATE TRIGGER "Blackout_live" AFTER INSERT OR UPDATE OR DELETE ON "Blackout" FOR EACH ROW EXECUTE FUNCTION live_row('window', 'customerId', '');

-- Pages that show a job look again when its state or what is said of it moved, not at each look at the firewall.
CREATE FUNCTION live_update_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId", detail) SELECT 'update-job', "customerId", id, NEW."planId"::text FROM "Firewall" WHERE id = NEW."firewallId";
  RETURN NULL;
END $$;
CREATE TRIGGER "UpdateJob_live_new" AFTER INSERT ON "UpdateJob" FOR EACH ROW EXECUTE FUNCTION live_update_job();
CREATE TRIGGER "UpdateJob_live" AFTER UPDATE OF state, message, "startsAt", "logTail" ON "UpdateJob" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.message IS DISTINCT FROM NEW.message OR OLD."startsAt" IS DISTINCT FROM NEW."startsAt" OR OLD."logTail" IS DISTINCT FROM NEW."logTail") EXECUTE FUNCTION live_update_job();

-- Pages that show plans look again, each customer's on its own.
CREATE FUNCTION live_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO "LiveChange" (topic, "customerId", detail) SELECT 'plan', customer, OLD.id::text FROM unnest(OLD."customerIds") customer;
  ELSE INSERT INTO "LiveChange" (topic, "customerId", detail) SELECT 'plan', customer, NEW.id::text FROM unnest(NEW."customerIds") customer; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "UpdatePlan_live" AFTER INSERT OR DELETE OR UPDATE OF name, state, revision, "customerIds", "pausedAt", "haltedReason" ON "UpdatePlan" FOR EACH ROW EXECUTE FUNCTION live_plan();
