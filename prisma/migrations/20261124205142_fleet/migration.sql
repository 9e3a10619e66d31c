-- AlterTable
ALTER TABLE "Reading" ADD COLUMN     "bodyAt" TIMESTAMPTZ(3),
ADD COLUMN     "factsDigest" TEXT,
ADD COLUMN     "factsGaps" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "partialAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "FactRule" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactRule_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactAlias" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactAlias_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactNeighbour" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactNeighbour_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactLease" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactLease_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactGateway" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactGateway_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactInterface" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactInterface_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactService" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactService_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "FactTunnel" (
    "firewallId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FactTunnel_pkey" PRIMARY KEY ("firewallId","key")
);

-- CreateTable
CREATE TABLE "Change" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tx" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "firewallId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Change_firewallId_id_idx" ON "Change"("firewallId", "id");

-- CreateIndex
CREATE INDEX "Change_at_idx" ON "Change"("at");

-- CreateIndex
CREATE INDEX "Change_tx_id_idx" ON "Change"("tx", "id");

-- AddForeignKey
ALTER TABLE "FactRule" ADD CONSTRAINT "FactRule_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactAlias" ADD CONSTRAINT "FactAlias_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactNeighbour" ADD CONSTRAINT "FactNeighbour_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactLease" ADD CONSTRAINT "FactLease_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactGateway" ADD CONSTRAINT "FactGateway_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactInterface" ADD CONSTRAINT "FactInterface_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactService" ADD CONSTRAINT "FactService_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FactTunnel" ADD CONSTRAINT "FactTunnel_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_firewallId_fkey" FOREIGN KEY ("firewallId") REFERENCES "Firewall"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot describe.

-- Readings that are stored have bodies as old as themselves.
UPDATE "Reading" SET "bodyAt" = "observedAt";
ALTER TABLE "Change" ADD CONSTRAINT "Change_what" CHECK (what IN ('new', 'changed', 'gone', 'back'));

-- Retention finds what is gone without looking at what is there.
CREATE INDEX "FactRule_gone" ON "FactRule" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactAlias_gone" ON "FactAlias" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactNeighbour_gone" ON "FactNeighbour" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactLease_gone" ON "FactLease" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactGateway_gone" ON "FactGateway" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactInterface_gone" ON "FactInterface" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactService_gone" ON "FactService" ("goneAt") WHERE "goneAt" IS NOT NULL;
CREATE INDEX "FactTunnel_gone" ON "FactTunnel" ("goneAt") WHERE "goneAt" IS NOT NULL;
