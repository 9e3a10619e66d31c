-- CreateIndex
CREATE INDEX "Notice_alertId_idx" ON "Notice"("alertId");
