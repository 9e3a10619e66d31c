// Makes approved jobs for firewalls that its parent names over IPC, as a process of its own, for deep runs.
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { approvedJob } from './approved-job'

const asked = z.object({ names: z.array(z.string()), nowMs: z.number() })
await installationKeys()
const operator = await db().operator.create({ data: { name: 'Approver', email: `approver.${process.pid}@nordwall.example`, passwordHash: 'none', joinedAt: new Date(), grants: { create: { role: 'owner', customerId: null } } } })
process.once('disconnect', () => process.exit(0))
process.on('message', (message) => {
  const { names, nowMs } = asked.parse(message)
  const make = async () => {
    const rows = await db().firewall.findMany({ where: { name: { in: names } }, select: { id: true } })
    return Promise.all(rows.map(({ id }) => approvedJob({ kind: 'operator', id: operator.id, name: operator.name }, id, new Date(nowMs), { minutes: 60 * 24 * 30 })))
  }
  make().then(
    (ids) => process.send?.({ ids }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.send?.('ready')
