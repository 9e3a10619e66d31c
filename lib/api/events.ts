import { z } from 'zod'
import { operation } from '@/lib/http/operation'
import { openStream } from '@/lib/live/open-stream'

export const eventOperations = {
  follow: operation({
    id: 'followChanges',
    method: 'get',
    path: '/events',
    tag: 'events',
    summary: 'Follow what changes: server-sent events that name what to read again. Events: changes (a JSON array of {topic, firewallId, detail}), alive (each 15 s), reset (read everything again), ended',
    input: z.strictObject({}),
    output: 'stream',
    run: (actor, _input, { lastEventId, signal }) => openStream(actor, lastEventId, signal),
  }),
}
