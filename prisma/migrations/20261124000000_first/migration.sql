-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "AuditEntry" (
    "entry" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "sourceAddress" TEXT,
    "requestId" TEXT,
    "action" TEXT NOT NULL,
    "targetKind" TEXT NOT NULL,
    "targetId" TEXT,
    "targetName" TEXT NOT NULL,
    "customerId" TEXT,
    "customerName" TEXT,
    "result" TEXT NOT NULL,
    "intentEntry" BIGINT,
    "canonical" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("entry")
);

-- CreateTable
CREATE TABLE "AuditCheckpoint" (
    "entry" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "AuditCheckpoint_pkey" PRIMARY KEY ("entry")
);

-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dataKeyId" TEXT NOT NULL,
    "dataKeyWrapped" TEXT NOT NULL,
    "sessionSecretSealed" TEXT NOT NULL,
    "auditPublicPem" TEXT NOT NULL,
    "auditPrivatePemSealed" TEXT NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Heartbeat" (
    "id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateWindow" (
    "key" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RateWindow_pkey" PRIMARY KEY ("key","startsAt")
);

-- CreateTable
CREATE TABLE "IdempotentReply" (
    "actorId" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotentReply_pkey" PRIMARY KEY ("actorId","keyHash")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Site" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Firewall" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "siteId" UUID,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "haPeerId" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "trustMode" TEXT NOT NULL,
    "pinSha256" TEXT,
    "pinSpkiSha256" TEXT,
    "certificate" JSONB,
    "trustConfirmedAt" TIMESTAMPTZ(3) NOT NULL,
    "trustConfirmedBy" TEXT,
    "certificateSeen" JSONB,
    "certificateSeenAt" TIMESTAMPTZ(3),
    "commandsAllowed" BOOLEAN NOT NULL DEFAULT false,
    "commandsChangedAt" TIMESTAMPTZ(3),
    "commandsChangedBy" TEXT,
    "pausedAt" TIMESTAMPTZ(3),
    "pausedReason" TEXT,
    "state" TEXT NOT NULL DEFAULT 'not-visited',
    "stateRank" INTEGER NOT NULL DEFAULT 31,
    "stateReason" TEXT,
    "lastErrorCode" TEXT,
    "lastErrorMessage" TEXT,
    "lastErrorNextStep" TEXT,
    "lastErrorAt" TIMESTAMPTZ(3),
    "hostname" TEXT,
    "version" TEXT,
    "firmwareState" TEXT NOT NULL DEFAULT 'not-reported',
    "offeredVersion" TEXT,
    "majorVersion" TEXT,
    "packageCount" INTEGER,
    "downloadBytes" BIGINT,
    "rebootRequired" BOOLEAN,
    "firmwareCheckedAt" TIMESTAMPTZ(3),
    "gatewaysUp" INTEGER,
    "gatewaysTotal" INTEGER,
    "visitedAt" TIMESTAMPTZ(3),
    "memory" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Firewall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FirewallCredential" (
    "firewallId" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "credentialSealed" TEXT NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL,
    "testedAt" TIMESTAMPTZ(3),
    "rejectedAt" TIMESTAMPTZ(3),
    "lastTest" JSONB,

    CONSTRAINT "FirewallCredential_pkey" PRIMARY KEY ("firewallId")
);

-- CreateTable
CREATE TABLE "FirewallToken" (
    "firewallId" UUID NOT NULL,
    "tokenSealed" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FirewallToken_pkey" PRIMARY KEY ("firewallId")
);

-- CreateTable
CREATE TABLE "FirewallVisit" (
    "firewallId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "leasedBy" TEXT,
    "leaseTerm" INTEGER NOT NULL DEFAULT 0,
    "leasedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "FirewallVisit_pkey" PRIMARY KEY ("firewallId")
);

-- CreateTable
CREATE TABLE "OriginLease" (
    "origin" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "holder" TEXT NOT NULL DEFAULT '',
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OriginLease_pkey" PRIMARY KEY ("origin","slot")
);

-- CreateTable
CREATE TABLE "AuthenticationFailure" (
    "id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuthenticationFailure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reading" (
    "firewallId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "observedAt" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,
    "itemCount" INTEGER,
    "body" JSONB NOT NULL,
    "problem" JSONB,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("firewallId","kind")
);

-- CreateTable
CREATE TABLE "FirmwareCheck" (
    "id" UUID NOT NULL,
    "firewallId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "intentEntry" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "nextStepAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "message" TEXT,

    CONSTRAINT "FirmwareCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "id" UUID NOT NULL,
    "actorId" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "test" JSONB NOT NULL,
    "notice" TEXT,
    "exchangedMethod" TEXT,
    "exchangedSealed" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Operator" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "customerId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "sourceAddress" TEXT,
    "userAgent" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetUpLink" (
    "linkHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SetUpLink_pkey" PRIMARY KEY ("linkHash")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "customerId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEntry_customerId_entry_idx" ON "AuditEntry"("customerId", "entry");

-- CreateIndex
CREATE INDEX "AuditEntry_targetId_entry_idx" ON "AuditEntry"("targetId", "entry");

-- CreateIndex
CREATE INDEX "AuditEntry_action_entry_idx" ON "AuditEntry"("action", "entry");

-- CreateIndex
CREATE INDEX "RateWindow_startsAt_idx" ON "RateWindow"("startsAt");

-- CreateIndex
CREATE INDEX "IdempotentReply_createdAt_idx" ON "IdempotentReply"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_name_key" ON "Customer"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Site_customerId_name_key" ON "Site"("customerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Site_id_customerId_key" ON "Site"("id", "customerId");

-- CreateIndex
CREATE INDEX "Firewall_siteId_customerId_idx" ON "Firewall"("siteId", "customerId");

-- CreateIndex
CREATE INDEX "Firewall_haPeerId_idx" ON "Firewall"("haPeerId");

-- CreateIndex
CREATE UNIQUE INDEX "Firewall_customerId_name_key" ON "Firewall"("customerId", "name");

-- CreateIndex
CREATE INDEX "FirewallVisit_dueAt_idx" ON "FirewallVisit"("dueAt");

-- CreateIndex
CREATE INDEX "AuthenticationFailure_origin_at_idx" ON "AuthenticationFailure"("origin", "at");

-- CreateIndex
CREATE INDEX "FirmwareCheck_firewallId_createdAt_idx" ON "FirmwareCheck"("firewallId", "createdAt");

-- CreateIndex
CREATE INDEX "Enrolment_expiresAt_idx" ON "Enrolment"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Enrolment_actorId_origin_fingerprint_key" ON "Enrolment"("actorId", "origin", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "Operator_email_key" ON "Operator"("email");

-- CreateIndex
CREATE INDEX "Grant_operatorId_idx" ON "Grant"("operatorId");

-- CreateIndex
CREATE INDEX "Grant_customerId_idx" ON "Grant"("customerId");

-- CreateIndex
CREATE INDEX "Session_operatorId_idx" ON "Session"("operatorId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_operatorId_idx" ON "ApiToken"("operatorId");

-- CreateIndex
CREATE INDEX "ApiToken_customerId_idx" ON "ApiToken"("customerId");

-- AddForeignKey
ALTER TABLE "Site" ADD CONSTRAINT "Site_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Firewall" ADD CONSTRAINT "Firewall_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Firewall" ADD CONSTRAINT "Firewall_siteId_customerId_fkey" FOREIGN KEY ("siteId", "customerId") REFERENCES "Site"("id", "customerId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Firewall" ADD CONSTRAINT "Firewall_haPeerId_fkey" FOREIGN KEY ("haPeerId") REFERENCES "Firewall"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirewallCredential" ADD CONSTRAINT "FirewallCredential_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirewallToken" ADD CONSTRAINT "FirewallToken_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirewallVisit" ADD CONSTRAINT "FirewallVisit_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirmwareCheck" ADD CONSTRAINT "FirmwareCheck_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot describe.

-- At most one open check per firewall.
CREATE UNIQUE INDEX "FirmwareCheck_one_open" ON "FirmwareCheck" ("firewallId") WHERE "finishedAt" IS NULL;
CREATE INDEX "FirmwareCheck_due" ON "FirmwareCheck" ("nextStepAt") WHERE "finishedAt" IS NULL;

-- The orders of the fleet list; names sort without regard to case.
CREATE INDEX "Firewall_by_state" ON "Firewall" ("stateRank", lower(name), id);
CREATE INDEX "Firewall_by_name" ON "Firewall" (lower(name), id);
CREATE INDEX "Firewall_of_customer_by_state" ON "Firewall" ("customerId", "stateRank", lower(name), id);

-- The due-table is updated at every visit: leave room on its pages.
ALTER TABLE "FirewallVisit" SET (fillfactor = 70);
ALTER TABLE "OriginLease" SET (fillfactor = 50);

-- Closed sets of words.
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_role" CHECK (role IN ('viewer', 'operator', 'admin', 'owner')), ADD CONSTRAINT "Grant_owner_everywhere" CHECK (role <> 'owner' OR "customerId" IS NULL);
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_role" CHECK (role IN ('viewer', 'operator', 'admin', 'owner'));
ALTER TABLE "Firewall" ADD CONSTRAINT "Firewall_family" CHECK (family IN ('opnsense', 'pfsense-v1', 'pfsense-v2')), ADD CONSTRAINT "Firewall_trust" CHECK ("trustMode" IN ('pin', 'public-ca', 'plain-http')), ADD CONSTRAINT "Firewall_pin" CHECK ("trustMode" <> 'pin' OR "pinSha256" ~ '^[0-9a-f]{64}$');
-- One grant of a role in a scope; all customers (null) count as one scope.
CREATE UNIQUE INDEX "Grant_once" ON "Grant" ("operatorId", role, (coalesce("customerId"::text, '')));

-- The audit log only grows.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_checkpoint_only_grows BEFORE UPDATE OR DELETE ON "AuditCheckpoint" FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_checkpoint_no_truncate BEFORE TRUNCATE ON "AuditCheckpoint" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

-- Appends one entry in canonical JSON (RFC 8785) and returns its place in the chain. The columns are read out of the
-- canonical text, so that what is searched is what was hashed. Called as the last statement of a transaction: the lock
-- is held from here to its end, and each statement in here sees what was committed before the lock was had.
CREATE FUNCTION audit_append(canonical_text text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  content jsonb := canonical_text::jsonb;
  head record;
  place bigint := 1;
  previous text := repeat('0', 64);
BEGIN
  PERFORM pg_advisory_xact_lock(7270736901);
  SELECT a.entry, a.hash INTO head FROM "AuditEntry" a ORDER BY a.entry DESC LIMIT 1;
  IF FOUND THEN
    place := head.entry + 1;
    previous := head.hash;
  END IF;
  INSERT INTO "AuditEntry" (entry, at, "actorKind", "actorId", "actorName", "sourceAddress", "requestId", action, "targetKind", "targetId", "targetName", "customerId", "customerName", result, "intentEntry", canonical, "previousHash", hash)
  VALUES (
    place, (content->>'at')::timestamptz, content->'actor'->>'kind', content->'actor'->>'id', content->'actor'->>'name', content->>'sourceAddress', content->>'requestId', content->>'action',
    content->'target'->>'kind', content->'target'->>'id', content->'target'->>'name', content->'customer'->>'id', content->'customer'->>'name', content->>'result', (content->>'intentEntry')::bigint,
    canonical_text, previous, encode(sha256(convert_to(previous || canonical_text, 'UTF8')), 'hex'));
  RETURN place;
END $$;
