// The part of the table about going back, and about reports. The firewall of the matrix is of a family without a way back.
import { db } from '@/lib/db/client'
import { always, type Rule } from './matrix-rule'

const noWay = (more: Partial<Rule>): Rule => ({ names: 'firewallId', least: 'operator', ...always(404, 'firewall-not-reported'), ...more })

export const REVERTS: Record<string, Rule[]> = {
  listHistoryEntries: [noWay({})],
  previewRevert: [noWay({})],
  revertFirewall: [noWay({ least: 'admin', sessionOnly: true, stepUp: true })],
  listReverts: [{ names: 'firewallId', least: 'operator' }],
  restartAfterRevert: [{ names: 'firewallId', least: 'admin', sessionOnly: true, stepUp: true, prepare: async ({ at }) => void (await db().configRevert.updateMany({ where: { id: at.revertId }, data: { state: 'stored', finishedAt: null } })) }],
  readRestoreInstructions: [{ names: 'firewallId', least: 'operator' }],
}

export const REPORTS: Record<string, Rule[]> = {
  listReports: [{ names: 'nothing', least: 'viewer' }],
  readReport: [{ names: 'customerId', least: 'viewer' }],
  readBrand: [{ names: 'nothing', least: 'viewer' }],
  editBrand: [{ names: 'nothing', least: 'owner', everywhere: true, ifMatch: async () => `"${(await db().brand.findUnique({ where: { id: 1 } }))?.revision ?? 0}"` }],
  // Nobody gave one.
  readLogo: [{ names: 'nothing', least: 'viewer', ...always(404, 'not-found') }],
}
