// The part of the table about figures for other tools and copies of the audit log.
import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db/client'
import { always, fresh, ofCustomer, type Rule, type Situation } from './matrix-rule'

const owners = (more: Partial<Rule> = {}): Rule => ({ names: 'nothing', least: 'owner', everywhere: true, ...more })
/** Nobody listens there. */
const NOBODY = { kind: 'syslog', host: '127.0.0.1', port: 9, security: { mode: 'plain' } } as const

const ids = new Map<string, string>()
/** The id of the copy that `prepare` makes for this caller. */
function copyIdOf({ caller }: Situation): string {
  const id = ids.get(caller.operatorId) ?? randomUUID()
  ids.set(caller.operatorId, id)
  return id
}
const ownCopy = (): Rule =>
  owners({
    stepUp: true,
    id: copyIdOf,
    prepare: async (situation) => {
      const id = copyIdOf(situation)
      const row = { name: fresh('Copy'), kind: 'syslog', settings: NOBODY, enabled: false, firstEntry: 1, lastEntry: 0, createdAt: new Date() }
      if (situation.caller.person.role === 'owner') await db().auditCopy.upsert({ where: { id }, create: { id, ...row }, update: { ...row, revision: 1 } })
    },
  })

export const TOOLS: Record<string, Rule[]> = {
  readMetrics: [
    { names: 'filter', least: 'viewer', query: ofCustomer },
    { as: 'of all that one sees', names: 'nothing', least: 'viewer' },
  ],
  listAuditCopies: [owners()],
  createAuditCopy: [owners({ stepUp: true, body: () => ({ name: fresh('Copy'), target: NOBODY }) })],
  editAuditCopy: [{ ...ownCopy(), body: () => ({ name: fresh('Renamed'), target: NOBODY, enabled: false }) }],
  removeAuditCopy: [ownCopy()],
  probeReceiver: [owners({ body: ({ world }) => ({ host: '127.0.0.1', port: Number(new URL(world.firewall.info.url).port) }) })],
  testReceiver: [owners({ body: () => ({ target: NOBODY }), ...always(503, 'unavailable', { acts: true }) })],
}
