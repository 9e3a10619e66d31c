// The part of the table about saved views, choices and acts over many firewalls.
import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db/client'
import { fresh, type Rule, type Situation } from './matrix-rule'

const own = (more: Partial<Rule> = {}): Rule => ({ names: 'nothing', least: 'viewer', sessionOnly: true, ...more })

const ids = new Map<string, string>()
/** The id of what `prepare` makes for this caller. */
function idOf(what: 'view' | 'bulk', { caller }: Situation): string {
  const key = `${what} ${caller.operatorId}`
  const id = ids.get(key) ?? randomUUID()
  ids.set(key, id)
  return id
}

const ownView = (more: Partial<Rule> = {}): Rule => ({
  names: 'viewId',
  least: 'viewer',
  sessionOnly: true,
  personal: true,
  id: (situation) => (situation.kind === 'own' ? idOf('view', situation) : situation.at.viewId),
  prepare: async (situation) => {
    if (situation.kind === 'own') await db().savedView.create({ data: { id: idOf('view', situation), operatorId: situation.caller.operatorId, list: 'firewalls', name: fresh('View'), query: '' } })
  },
  ...more,
})

const ownBulk = (): Rule => ({
  names: 'bulkId',
  least: 'viewer',
  personal: true,
  id: (situation) => (situation.kind === 'own' ? idOf('bulk', situation) : situation.at.bulkId),
  prepare: async (situation) => {
    const now = new Date()
    const data = { operatorId: situation.caller.operatorId, actor: {}, act: 'refresh', input: {}, total: 0, createdAt: now, nextStepAt: new Date(now.getTime() + 86_400_000) }
    if (situation.kind === 'own') await db().bulkAct.create({ data: { ...data, id: idOf('bulk', situation) } })
  },
})

const pickedHere = ({ at }: Situation) => ({ firewallIds: [at.firewallId] })
const allOfHere = ({ at }: Situation) => ({ query: `customer__id=${at.customerId}` })
const asksMany = (as: string, act: Record<string, unknown>, which: (situation: Situation) => Record<string, unknown>, least: 'operator' | 'admin'): Rule => ({ as, names: 'body', least, finds: least, body: (situation) => ({ ...act, ...which(situation) }) })

export const FLEET_WORK: Record<string, Rule[]> = {
  listViews: [own()],
  countViews: [own()],
  createView: [
    own({ body: () => ({ list: 'firewalls', name: fresh('View'), query: '' }) }),
    own({ as: 'shared with everyone', least: 'operator', everywhere: true, body: () => ({ list: 'firewalls', name: fresh('View'), query: '', shared: true }) }),
  ],
  editView: [ownView({ body: () => ({ name: fresh('Renamed') }) })],
  removeView: [ownView()],
  readChoices: [own()],
  saveChoice: [own()],
  listBulk: [{ names: 'nothing', least: 'viewer' }],
  startBulk: [
    asksMany('refresh', { act: 'refresh' }, pickedHere, 'operator'),
    asksMany('check all that match', { act: 'check' }, allOfHere, 'operator'),
    asksMany('pause', { act: 'pause', input: { reason: 'moving' } }, pickedHere, 'admin'),
  ],
  readBulk: [ownBulk()],
  cancelBulk: [ownBulk()],
  exportFirewalls: [{ names: 'filter', least: 'viewer', body: (situation) => ({ format: 'csv', ...pickedHere(situation) }) }],
}
