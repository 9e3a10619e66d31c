import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'

const gate = z.object({ soakHours: z.number(), noNewCriticalAlert: z.boolean() })
/** What the gate of a ring asks of each firewall after it was verified. */
export async function soakOf(ringId: string): Promise<{ minutes: number; noNewCriticalAlert: boolean }> {
  const ring = await db().planRing.findUniqueOrThrow({ where: { id: ringId }, select: { gate: true } })
  const parsed = gate.safeParse(ring.gate)
  return parsed.success ? { minutes: parsed.data.soakHours * 60, noNewCriticalAlert: parsed.data.noNewCriticalAlert } : { minutes: 0, noNewCriticalAlert: false }
}
