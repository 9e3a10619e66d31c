-- DropForeignKey
ALTER TABLE "ConfigAcceptance" DROP CONSTRAINT "ConfigAcceptance_backupId_fkey";

-- AlterTable
ALTER TABLE "BackupContent" ADD COLUMN     "treeFormat" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "BackupTask" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ConfigAcceptance" ALTER COLUMN "backupId" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "ConfigAcceptance" ADD CONSTRAINT "ConfigAcceptance_backupId_fkey" FOREIGN KEY ("backupId") REFERENCES "Backup"("id") ON DELETE SET NULL ON UPDATE CASCADE;
