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
ADD COLUMN     "statusSeconds" INTEGER NOT NULL DEFAULT 60,
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
  NEW."diskFullSince" := CASE WHEN NEW."diskPercent" >= 90 THEN coalesce(NEW."diskFullSince", now()) END;
  NEW."clockOffSince" := CASE WHEN abs(NEW."clockOffsetSeconds") > 120 THEN coalesce(NEW."clockOffSince", now()) END;
  -- A row that is restored brings its own.
  IF TG_OP = 'INSERT' THEN
    NEW."firmwareSince" := coalesce(NEW."firmwareSince", now());
    NEW."haRoleSince" := CASE WHEN NEW."haRole" IS NOT NULL THEN coalesce(NEW."haRoleSince", now()) END;
    RETURN NEW;
  END IF;
  IF OLD."firmwareState" IS DISTINCT FROM NEW."firmwareState" THEN NEW."firmwareSince" := now(); END IF;
  IF OLD."haRole" IS DISTINCT FROM NEW."haRole" THEN NEW."haRoleSince" := CASE WHEN NEW."haRole" IS NOT NULL THEN now() END; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Firewall_since_new" BEFORE INSERT ON "Firewall" FOR EACH ROW EXECUTE FUNCTION firewall_since();
CREATE TRIGGER "Firewall_since" BEFORE UPDATE OF "gatewaysDown", "gatewaysDegraded", "tunnelsDown", "diskPercent", "clockOffsetSeconds", "firmwareState", "haRole" ON "Firewall" FOR EACH ROW
  WHEN ((OLD."gatewaysDown", OLD."gatewaysDegraded", OLD."tunnelsDown", OLD."diskPercent", OLD."clockOffsetSeconds", OLD."firmwareState", OLD."haRole")
    IS DISTINCT FROM (NEW."gatewaysDown", NEW."gatewaysDegraded", NEW."tunnelsDown", NEW."diskPercent", NEW."clockOffsetSeconds", NEW."firmwareState", NEW."haRole"))
  EXECUTE FUNCTION firewall_since();

-- Orders of the fleet list by what seldom changes; orders by what each visit writes are sorted when asked for (decision 0019).
CREATE INDEX "Firewall_by_version" ON "Firewall" (coalesce(version, ''), lower(name), id);
CREATE INDEX "Firewall_by_firmware" ON "Firewall" ("firmwareState", lower(name), id);
CREATE INDEX "Firewall_by_certificate" ON "Firewall" (coalesce("certificateEndsAt", 'infinity'::timestamptz), lower(name), id);
CREATE INDEX "Firewall_by_address" ON "Firewall" (origin, lower(name), id);
CREATE INDEX "Firewall_by_enrolled" ON "Firewall" ("createdAt", lower(name), id);

-- Who has it (lib/db/search-sql.ts and its siblings). What these functions call is bound when they are made: an index is
-- built without a search path.

-- A text as a network; an address is one by itself. Null when it is neither.
CREATE FUNCTION palisade_network(given text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN strpos(given, '/') = 0 THEN palisade_address(given)
    WHEN split_part(given, '/', 2) ~ '^[0-9]{1,3}$' THEN
      CASE WHEN split_part(given, '/', 2)::int <= CASE WHEN strpos(given, ':') > 0 THEN 128 ELSE 32 END
        THEN network(set_masklen(palisade_address(split_part(given, '/', 1)), split_part(given, '/', 2)::int))::inet END
    END;

-- The address of an end that may have a port: 203.0.113.5:51820, [2001:db8::1]:51820.
CREATE FUNCTION palisade_host(given text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN palisade_address(CASE WHEN given ~ '^[0-9.]+:[0-9]+$' THEN split_part(given, ':', 1) WHEN given ~ '^[[].*[]](:[0-9]+)?$' THEN substring(given from '^[[](.*)[]]') ELSE given END);

-- The networks of a list of texts, each once; a range of IPv4 addresses is the networks it is made of. What an entry takes
-- out (!10.0.0.5) and what is no address is left out, as is everything after 10,000 entries. Its cost makes indexes preferred.
CREATE FUNCTION palisade_networks(given jsonb) RETURNS inet[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000 SET search_path FROM CURRENT AS $$
DECLARE
  entry text;
  found inet[] := '{}';
  one inet;
  last inet;
  bits int;
BEGIN
  IF jsonb_typeof(given) IS DISTINCT FROM 'array' THEN RETURN found; END IF;
  FOR entry IN SELECT e FROM jsonb_array_elements_text(given) WITH ORDINALITY t(e, n) WHERE n <= 10000 LOOP
    IF entry ~ '^[0-9.]+ ?- ?[0-9.]+$' THEN
      one := palisade_address(trim(split_part(entry, '-', 1)));
      last := palisade_address(trim(split_part(entry, '-', 2)));
      WHILE one IS NOT NULL AND one <= last LOOP
        bits := 32;
        WHILE bits > 0 AND host(network(set_masklen(one, bits - 1))) = host(one) AND set_masklen(broadcast(set_masklen(one, bits - 1)), 32) <= last LOOP bits := bits - 1; END LOOP;
        found := found || set_masklen(one, bits);
        EXIT WHEN set_masklen(broadcast(set_masklen(one, bits)), 32) >= last;
        one := set_masklen(broadcast(set_masklen(one, bits)), 32) + 1;
      END LOOP;
    ELSE
      one := palisade_network(entry);
      IF one IS NOT NULL THEN found := found || one; END IF;
    END IF;
  END LOOP;
  RETURN ARRAY(SELECT DISTINCT n FROM unnest(found) n);
END $$;

CREATE INDEX "FactRule_by_source_network" ON "FactRule" (palisade_network(body->'source'->>'address'));
CREATE INDEX "FactRule_by_destination_network" ON "FactRule" (palisade_network(body->'destination'->>'address'));
CREATE INDEX "FactAlias_by_network" ON "FactAlias" USING gin (palisade_networks(body->'content')) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactInterface_by_network" ON "FactInterface" USING gin (palisade_networks(body->'ipv4'), palisade_networks(body->'ipv6')) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactGateway_by_address" ON "FactGateway" (palisade_address(body->>'address'));
CREATE INDEX "FactGateway_by_monitor_address" ON "FactGateway" (palisade_address(body->>'monitorAddress'));
CREATE INDEX "FactTunnel_by_remote_address" ON "FactTunnel" (palisade_host(body->>'remoteAddress'));
CREATE INDEX "FactTunnel_by_network" ON "FactTunnel" USING gin (palisade_networks(body->'networks')) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactNeighbour_by_mac" ON "FactNeighbour" ((body->>'mac'));

-- An address keeps its row when another device takes it over; the device before is found among the changes.
CREATE INDEX "Change_past_mac" ON "Change" ((before->>'mac')) WHERE kind = 'arp' AND what IN ('changed', 'back') AND (before->>'mac') IS DISTINCT FROM (after->>'mac');
CREATE INDEX "Change_past_address" ON "Change" (palisade_address(before->>'ip')) WHERE kind = 'arp' AND what IN ('changed', 'back') AND (before->>'mac') IS DISTINCT FROM (after->>'mac');
CREATE INDEX "Change_past_holder" ON "Change" ("firewallId", key, id) WHERE kind = 'arp' AND what IN ('changed', 'back') AND (before->>'mac') IS DISTINCT FROM (after->>'mac');
-- Devices that came, newest first.
CREATE INDEX "Change_arrival" ON "Change" (at, id) WHERE kind = 'arp' AND what <> 'gone' AND (what = 'back' OR (before->>'mac') IS DISTINCT FROM (after->>'mac'));

DO $$
BEGIN
  CREATE INDEX "FactInterface_by_text" ON "FactInterface" USING gin ((body->>'mac') gin_trgm_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
  CREATE INDEX "FactGateway_by_text" ON "FactGateway" USING gin ((body->>'name') gin_trgm_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
  CREATE INDEX "FactTunnel_by_text" ON "FactTunnel" USING gin ((body->>'name') gin_trgm_ops, (body->>'user') gin_trgm_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'No index for parts of texts: %', SQLERRM;
END $$;

-- What pages that are open should look at again (lib/live/topics.ts says who is told). It is written in the transaction that
-- changes what is shown, once for each thing and statement. Measured values and times of visits move all the time and are not told.

CREATE FUNCTION live_firewall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    INSERT INTO "LiveChange" (topic, "customerId", "firewallId") SELECT 'firewall', "customerId", id FROM told_rows;
    RETURN NULL;
  END IF;
  -- Every column but those that move at each visit; a test holds them against the table. Who saw it where it was is told as well: it left.
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId")
  SELECT DISTINCT 'firewall', place.id, n.id
  FROM told_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES (o."customerId"), (n."customerId")) AS place (id)
  WHERE (o."customerId", o."siteId", o.name, o.family, o.origin, o.tags, o."timeZone", o."haPeerId", o.revision, o."createdAt", o."trustMode", o."pinSha256",
      o."pinSpkiSha256", o.certificate, o."trustConfirmedAt", o."trustConfirmedBy", o."certificateSeen", o."certificateSeenAt", o."commandsAllowed",
      o."commandsChangedAt", o."commandsChangedBy", o."pausedAt", o."pausedReason", o.state, o."stateRank", o."stateReason", o."lastErrorCode", o.hostname,
      o.version, o."firmwareState", o."offeredVersion", o."majorVersion", o."packageCount", o."downloadBytes", o."rebootRequired", o."gatewaysUp",
      o."gatewaysTotal", o."stateSince", o."gatewaysDown", o."gatewaysDegraded", o."tunnelsUp", o."tunnelsDown", o."haRole", o."certificateEndsAt",
      o."gatewaysDownSince", o."gatewaysDegradedSince", o."tunnelsDownSince", o."diskFullSince", o."clockOffSince", o."firmwareSince", o."haRoleSince",
      o.intervals, o."statusSeconds")
    IS DISTINCT FROM
     (n."customerId", n."siteId", n.name, n.family, n.origin, n.tags, n."timeZone", n."haPeerId", n.revision, n."createdAt", n."trustMode", n."pinSha256",
      n."pinSpkiSha256", n.certificate, n."trustConfirmedAt", n."trustConfirmedBy", n."certificateSeen", n."certificateSeenAt", n."commandsAllowed",
      n."commandsChangedAt", n."commandsChangedBy", n."pausedAt", n."pausedReason", n.state, n."stateRank", n."stateReason", n."lastErrorCode", n.hostname,
      n.version, n."firmwareState", n."offeredVersion", n."majorVersion", n."packageCount", n."downloadBytes", n."rebootRequired", n."gatewaysUp",
      n."gatewaysTotal", n."stateSince", n."gatewaysDown", n."gatewaysDegraded", n."tunnelsUp", n."tunnelsDown", n."haRole", n."certificateEndsAt",
      n."gatewaysDownSince", n."gatewaysDegradedSince", n."tunnelsDownSince", n."diskFullSince", n."clockOffSince", n."firmwareSince", n."haRoleSince",
      n.intervals, n."statusSeconds")
    OR n."bootedAt" > o."bootedAt" + interval '2 minutes'
    OR coalesce(abs(o."clockOffsetSeconds") > 120, false) <> coalesce(abs(n."clockOffsetSeconds") > 120, false);
  RETURN NULL;
END $$;
CREATE TRIGGER "Firewall_live_new" AFTER INSERT ON "Firewall" REFERENCING NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_firewall();
CREATE TRIGGER "Firewall_live" AFTER UPDATE ON "Firewall" REFERENCING OLD TABLE AS old_rows NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_firewall();
CREATE TRIGGER "Firewall_live_gone" AFTER DELETE ON "Firewall" REFERENCING OLD TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_firewall();

-- Where a kind has facts, those decide: counters in the reading differ each time. A status is made of little else.
CREATE FUNCTION live_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "LiveChange" (topic, "customerId", "firewallId", detail)
    SELECT 'reading', f."customerId", n."firewallId", n.kind FROM told_rows n JOIN "Firewall" f ON f.id = n."firewallId";
    RETURN NULL;
  END IF;
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId", detail)
  SELECT 'reading', f."customerId", n."firewallId", n.kind
  FROM told_rows n JOIN old_rows o ON o."firewallId" = n."firewallId" AND o.kind = n.kind JOIN "Firewall" f ON f.id = n."firewallId"
  WHERE (n.problem IS NULL) <> (o.problem IS NULL) OR n."factsDigest" IS DISTINCT FROM o."factsDigest"
    OR (n."factsDigest" IS NULL AND n.kind <> 'status' AND n.digest <> o.digest);
  RETURN NULL;
END $$;
CREATE TRIGGER "Reading_live_new" AFTER INSERT ON "Reading" REFERENCING NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_reading();
CREATE TRIGGER "Reading_live" AFTER UPDATE ON "Reading" REFERENCING OLD TABLE AS old_rows NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_reading();

CREATE FUNCTION live_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", "firewallId") SELECT 'check', "customerId", id FROM "Firewall" WHERE id = NEW."firewallId";
  RETURN NULL;
END $$;
CREATE TRIGGER "FirmwareCheck_live" AFTER INSERT OR UPDATE OF state ON "FirmwareCheck" FOR EACH ROW EXECUTE FUNCTION live_check();

-- One row of a table that rarely changes: its topic, then the columns that hold the customer and the detail ('' = none).
CREATE FUNCTION live_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  INSERT INTO "LiveChange" (topic, "customerId", detail) VALUES (TG_ARGV[0], (row ->> nullif(TG_ARGV[1], ''))::uuid, row ->> nullif(TG_ARGV[2], ''));
  RETURN NULL;
END $$;
CREATE TRIGGER "Customer_live" AFTER INSERT OR UPDATE OR DELETE ON "Customer" FOR EACH ROW EXECUTE FUNCTION live_row('customer', 'id', '');
CREATE TRIGGER "Site_live" AFTER INSERT OR UPDATE OR DELETE ON "Site" FOR EACH ROW EXECUTE FUNCTION live_row('site', 'customerId', '');
CREATE TRIGGER "Settings_live" AFTER INSERT OR UPDATE ON "Settings" FOR EACH ROW EXECUTE FUNCTION live_row('settings', '', '');
-- The detail of these is the operator whose they are, and who alone is told.
CREATE TRIGGER "Session_live" AFTER INSERT OR UPDATE OF "revokedAt", "secondFactorAt" ON "Session" FOR EACH ROW EXECUTE FUNCTION live_row('session', '', 'operatorId');
CREATE TRIGGER "ApiToken_live" AFTER INSERT OR DELETE OR UPDATE OF "revokedAt" ON "ApiToken" FOR EACH ROW EXECUTE FUNCTION live_row('token', '', 'operatorId');
CREATE TRIGGER "BulkAct_live" AFTER INSERT OR UPDATE ON "BulkAct" FOR EACH ROW EXECUTE FUNCTION live_row('bulk', '', 'operatorId');
CREATE TRIGGER "EnrolmentFile_live" AFTER INSERT OR UPDATE ON "EnrolmentFile" FOR EACH ROW EXECUTE FUNCTION live_row('enrolment', '', 'operatorId');

CREATE FUNCTION live_bulk_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, detail) SELECT DISTINCT 'bulk', b."operatorId"::text FROM told_rows n JOIN "BulkAct" b ON b.id = n."bulkId";
  RETURN NULL;
END $$;
CREATE TRIGGER "BulkItem_live" AFTER UPDATE ON "BulkItem" REFERENCING NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_bulk_item();

CREATE FUNCTION live_enrolment_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, detail) SELECT DISTINCT 'enrolment', f."operatorId"::text FROM told_rows n JOIN "EnrolmentFile" f ON f.id = n."fileId";
  RETURN NULL;
END $$;
CREATE TRIGGER "EnrolmentRow_live" AFTER UPDATE ON "EnrolmentRow" REFERENCING NEW TABLE AS told_rows FOR EACH STATEMENT EXECUTE FUNCTION live_enrolment_row();

-- A view that is or was shared is everyone's, another its operator's.
CREATE FUNCTION live_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LiveChange" (topic, detail) VALUES ('view', CASE WHEN OLD.shared OR NEW.shared THEN NULL ELSE coalesce(NEW."operatorId", OLD."operatorId")::text END);
  RETURN NULL;
END $$;
CREATE TRIGGER "SavedView_live" AFTER INSERT OR UPDATE OR DELETE ON "SavedView" FOR EACH ROW EXECUTE FUNCTION live_view();

-- Whoever manages operators in one of the customers where this one has a role, and in all of them.
CREATE FUNCTION live_operator(who uuid, place uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "LiveChange" (topic, "customerId") SELECT 'operator', g."customerId" FROM "Grant" g WHERE g."operatorId" = who UNION VALUES ('operator', place), ('operator', NULL)
$$;
CREATE FUNCTION live_operator_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  PERFORM live_operator((row ->> TG_ARGV[0])::uuid, (row ->> 'customerId')::uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER "Operator_live" AFTER INSERT OR UPDATE OR DELETE ON "Operator" FOR EACH ROW EXECUTE FUNCTION live_operator_row('id');
CREATE TRIGGER "Grant_live" AFTER INSERT OR UPDATE OR DELETE ON "Grant" FOR EACH ROW EXECUTE FUNCTION live_operator_row('operatorId');
CREATE TRIGGER "SecondFactor_live" AFTER INSERT OR DELETE OR UPDATE OF "confirmedAt" ON "SecondFactor" FOR EACH ROW EXECUTE FUNCTION live_operator_row('operatorId');

-- Lists of what stands on firewalls by time, in both directions.
CREATE INDEX "FactRule_by_first_seen" ON "FactRule" ("firstSeenAt", "firewallId", key);
CREATE INDEX "FactRule_by_change" ON "FactRule" ("changedAt", "firewallId", key);
CREATE INDEX "FactAlias_by_first_seen" ON "FactAlias" ("firstSeenAt", "firewallId", key);
CREATE INDEX "FactAlias_by_change" ON "FactAlias" ("changedAt", "firewallId", key);
CREATE INDEX "FactNeighbour_by_first_seen" ON "FactNeighbour" ("firstSeenAt", "firewallId", key);
CREATE INDEX "FactNeighbour_by_change" ON "FactNeighbour" ("changedAt", "firewallId", key);
CREATE INDEX "FactLease_by_first_seen" ON "FactLease" ("firstSeenAt", "firewallId", key);
CREATE INDEX "FactLease_by_change" ON "FactLease" ("changedAt", "firewallId", key);
