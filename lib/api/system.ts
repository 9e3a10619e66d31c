import { z } from 'zod'
import { setUp } from '@/lib/auth/create-owner'
import { meDto, setUpInput } from '@/lib/auth/input'
import { describeActor } from '@/lib/auth/me'
import { operation } from '@/lib/http/operation'
import { isReady, readyDto } from '@/lib/installation/ready'

const none = z.strictObject({})

export const systemOperations = {
  health: operation({ id: 'health', method: 'get', path: '/health', tag: 'system', summary: 'The process is up', access: 'anyone', input: none, output: z.object({ status: z.literal('up') }), run: () => Promise.resolve({ status: 'up' as const }) }),
  ready: operation({ id: 'ready', method: 'get', path: '/ready', tag: 'system', summary: 'Database, migrations and workers are there', access: 'anyone', input: none, output: readyDto, run: () => isReady() }),
  me: operation({ id: 'me', method: 'get', path: '/me', tag: 'system', summary: 'Who is signed in', access: 'owing', input: none, output: meDto, run: (actor) => Promise.resolve(describeActor(actor)) }),
  setUp: operation({ id: 'setUp', method: 'post', path: '/setup', tag: 'system', summary: 'Make the owner with the one-time link of the first run', access: 'anyone', input: setUpInput, output: z.object({ id: z.string(), name: z.string(), email: z.string() }), status: 201, run: (actor, input) => setUp(actor.source, input, new Date()) }),
}
