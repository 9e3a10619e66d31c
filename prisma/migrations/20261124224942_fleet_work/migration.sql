-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "intervals" JSONB;

-- AlterTable
ALTER TABLE "Firewall" ADD COLUMN     "bootedAt" TIMESTAMPTZ(3),
ADD COLUMN     "certificateEndsAt" TIMESTAMPTZ(3),
ADD COLUMN     "clockOffSince" TIMESTAMPTZ(3),
ADD COLUMN     "clockOffsetSeconds" INTEGER,
ADD COLUMN     "cpuPercent" DOUBLE PRECISION,
ADD COLUMN     "diskFullSince" TIMESTAMPTZ(3),
ADD COLUMN     "diskPercent" DOUBLE PRECISION,
ADD COLUMN     "firmwareSince" TIMESTAMPTZ(3),
ADD COLUMN     "gatewaysDegraded" INTEGER,
ADD COLUMN     "gatewaysDegradedSince" TIMESTAMPTZ(3),
ADD COLUMN     "gatewaysDown" INTEGER,
ADD COLUMN     "gatewaysDownSince" TIMESTAMPTZ(3),
ADD COLUMN     "haRole" TEXT,
ADD COLUMN     "haRoleSince" TIMESTAMPTZ(3),
ADD COLUMN     "intervals" JSONB,
ADD COLUMN     "latencyMs" DOUBLE PRECISION,
ADD COLUMN     "memoryPercent" DOUBLE PRECISION,
ADD COLUMN     "stateSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "statesPercent" DOUBLE PRECISION,
ADD COLUMN     "tunnelsDown" INTEGER,
ADD COLUMN     "tunnelsDownSince" TIMESTAMPTZ(3),
ADD COLUMN     "tunnelsUp" INTEGER;

-- AlterTable
ALTER TABLE "FirewallVisit" ADD COLUMN     "checkDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "misses" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "neighboursDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "returns" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rulesDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "statusDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "vpnDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Settings" ADD COLUMN     "intervals" JSONB;

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "columns" JSONB,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperatorChoice" (
    "operatorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "OperatorChoice_pkey" PRIMARY KEY ("operatorId","name")
);

-- CreateTable
CREATE TABLE "BulkAct" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "actor" JSONB NOT NULL,
    "act" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "query" TEXT,
    "total" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkItem" (
    "bulkId" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "message" TEXT,
    "changedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkItem_pkey" PRIMARY KEY ("bulkId","firewallId")
);

-- CreateTable
CREATE TABLE "EnrolmentFile" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "actor" JSONB NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EnrolmentFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EnrolmentRow" (
    "fileId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "customerId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "credentialSealed" TEXT,
    "certificate" JSONB,
    "message" TEXT,
    "nextStep" TEXT,
    "firewallId" UUID,
    "changedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EnrolmentRow_pkey" PRIMARY KEY ("fileId","line")
);

-- CreateTable
CREATE TABLE "LiveChange" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tx" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "topic" TEXT NOT NULL,
    "customerId" UUID,
    "firewallId" UUID,
    "detail" TEXT,

    CONSTRAINT "LiveChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_operatorId_list_name_key" ON "SavedView"("operatorId", "list", "name");

-- CreateIndex
CREATE INDEX "BulkAct_operatorId_createdAt_idx" ON "BulkAct"("operatorId", "createdAt");

-- CreateIndex
CREATE INDEX "BulkItem_firewallId_idx" ON "BulkItem"("firewallId");

-- CreateIndex
CREATE INDEX "EnrolmentFile_operatorId_createdAt_idx" ON "EnrolmentFile"("operatorId", "createdAt");

-- CreateIndex
CREATE INDEX "EnrolmentRow_customerId_idx" ON "EnrolmentRow"("customerId");

-- CreateIndex
CREATE INDEX "LiveChange_tx_id_idx" ON "LiveChange"("tx", "id");

-- CreateIndex
CREATE INDEX "LiveChange_at_idx" ON "LiveChange"("at");

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperatorChoice" ADD CONSTRAINT "OperatorChoice_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkAct" ADD CONSTRAINT "BulkAct_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "BulkAct"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnrolmentFile" ADD CONSTRAINT "EnrolmentFile_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnrolmentRow" ADD CONSTRAINT "EnrolmentRow_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "EnrolmentFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnrolmentRow" ADD CONSTRAINT "EnrolmentRow_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot describe.

-- Since when a state holds is kept here, because several writers change it.
CREATE FUNCTION firewall_state_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."stateSince" := now();
  RETURN NEW;
END $$;
CREATE TRIGGER "Firewall_state_since" BEFORE UPDATE OF state ON "Firewall" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION firewall_state_since();

-- What happens to a firewall as a whole stands among the changes, under the kind 'firewall': state, version, boot, certificate.
CREATE FUNCTION firewall_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IS DISTINCT FROM NEW.state THEN
    INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after)
    VALUES (now(), NEW.id, 'firewall', 'state', 'changed', jsonb_build_object('state', OLD.state, 'reason', OLD."stateReason"), jsonb_build_object('state', NEW.state, 'reason', NEW."stateReason"));
  END IF;
  IF OLD.version IS NOT NULL AND NEW.version IS NOT NULL AND OLD.version <> NEW.version THEN
    INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after)
    VALUES (now(), NEW.id, 'firewall', 'version', 'changed', jsonb_build_object('version', OLD.version), jsonb_build_object('version', NEW.version));
  END IF;
  -- Computed from uptimes, so that two readings of one boot differ by seconds.
  IF NEW."bootedAt" > OLD."bootedAt" + interval '2 minutes' THEN
    INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after)
    VALUES (NEW."bootedAt", NEW.id, 'firewall', 'boot', 'changed', jsonb_build_object('bootedAt', OLD."bootedAt"), jsonb_build_object('bootedAt', NEW."bootedAt"));
  END IF;
  IF OLD."pinSha256" IS NOT NULL AND NEW."pinSha256" IS NOT NULL AND OLD."pinSha256" <> NEW."pinSha256" THEN
    INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after)
    VALUES (now(), NEW.id, 'firewall', 'certificate', 'changed', jsonb_build_object('sha256', OLD."pinSha256"), jsonb_build_object('sha256', NEW."pinSha256"));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "Firewall_change" AFTER UPDATE OF state, version, "bootedAt", "pinSha256" ON "Firewall" FOR EACH ROW
  WHEN ((OLD.state, OLD.version, OLD."bootedAt", OLD."pinSha256") IS DISTINCT FROM (NEW.state, NEW.version, NEW."bootedAt", NEW."pinSha256"))
  EXECUTE FUNCTION firewall_change();

-- Work that is not done is found without looking at what is.
CREATE INDEX "BulkAct_open" ON "BulkAct" ("nextStepAt") WHERE "finishedAt" IS NULL;
CREATE INDEX "BulkItem_open" ON "BulkItem" ("bulkId") WHERE state IN ('pending', 'running');
CREATE INDEX "EnrolmentFile_open" ON "EnrolmentFile" ("nextStepAt") WHERE "finishedAt" IS NULL;

-- A pair stands in both of its rows from now on.
UPDATE "Firewall" peer SET "haPeerId" = f.id FROM "Firewall" f WHERE f."haPeerId" = peer.id AND peer."haPeerId" IS NULL;
-- Rows that wait for their turn or are under way.
CREATE INDEX "EnrolmentRow_open" ON "EnrolmentRow" ("fileId", line) WHERE state IN ('waiting', 'probing', 'testing');

-- History asks for few changes among many of ARP and leases: those of a firewall as a whole by time, and those of what people
-- set, of one firewall and of all. The many are not in these indexes.
CREATE INDEX "Change_of_whole_firewall" ON "Change" ("firewallId", at) WHERE kind = 'firewall';
CREATE INDEX "Change_of_firewall_by_kind" ON "Change" ("firewallId", kind, id) WHERE kind NOT IN ('arp', 'leases');
CREATE INDEX "Change_by_kind" ON "Change" (kind, id) WHERE kind NOT IN ('arp', 'leases');

-- Since when something is wrong. The bounds are those of lib/overview/findings.ts; a test holds the two together.
CREATE FUNCTION firewall_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."gatewaysDownSince" := CASE WHEN NEW."gatewaysDown" > 0 THEN coalesce(NEW."gatewaysDownSince", now()) END;
  NEW."gatewaysDegradedSince" := CASE WHEN NEW."gatewaysDegraded" > 0 THEN coalesce(NEW."gatewaysDegradedSince", now()) END;
  NEW."tunnelsDownSince" := CASE WHEN NEW."tunnelsDown" > 0 THEN coalesce(NEW."tunnelsDownSince", now()) END;
  NEW."diskFullSince" := CASE WHEN NEW."diskPercent" > 90 THEN coalesce(NEW."diskFullSince", now()) END;
  NEW."clockOffSince" := CASE WHEN abs(NEW."clockOffsetSeconds") > 120 THEN coalesce(NEW."clockOffSince", now()) END;
  IF TG_OP = 'INSERT' OR OLD."firmwareState" IS DISTINCT FROM NEW."firmwareState" THEN NEW."firmwareSince" := now(); END IF;
  IF TG_OP = 'INSERT' OR OLD."haRole" IS DISTINCT FROM NEW."haRole" THEN NEW."haRoleSince" := CASE WHEN NEW."haRole" IS NOT NULL THEN now() END; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Firewall_since_new" BEFORE INSERT ON "Firewall" FOR EACH ROW EXECUTE FUNCTION firewall_since();
CREATE TRIGGER "Firewall_since" BEFORE UPDATE OF "gatewaysDown", "gatewaysDegraded", "tunnelsDown", "diskPercent", "clockOffsetSeconds", "firmwareState", "haRole" ON "Firewall" FOR EACH ROW
  WHEN ((OLD."gatewaysDown", OLD."gatewaysDegraded", OLD."tunnelsDown", OLD."diskPercent", OLD."clockOffsetSeconds", OLD."firmwareState", OLD."haRole")
    IS DISTINCT FROM (NEW."gatewaysDown", NEW."gatewaysDegraded", NEW."tunnelsDown", NEW."diskPercent", NEW."clockOffsetSeconds", NEW."firmwareState", NEW."haRole"))
  EXECUTE FUNCTION firewall_since();
