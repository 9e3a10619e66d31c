// A process of its own that delivers what is due, to be killed in the middle.
import { claimDue, deliverOver } from '@/lib/channels/deliver'
import { handOverNotices } from '@/lib/channels/hand-over'

const now = new Date('2026-11-25T02:00:00Z')
await handOverNotices(now)
for (const lent of await claimDue('to be killed', now, 10)) await deliverOver(lent, () => now, new AbortController().signal)
process.exit(0)
