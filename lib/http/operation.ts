import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import type { CreateRequest } from '@/lib/db/create-once'
import type { Download } from '@/lib/lists/download'
import type { EventStream } from '@/lib/live/event-stream'
import type { ListName } from '@/lib/query-language/fields'

/** What a use case gets beside its parsed input. */
export type CallContext = {
  /** Revision from If-Match; only operations that declare `ifMatch` have it. */
  expectedRevision: number
  /** For operations that declare `creates`. */
  create: CreateRequest
  /** Where a stream that broke goes on. */
  lastEventId: string | null
  signal: AbortSignal
}

/**
 * One operation of the HTTP API: the route, the OpenAPI document and the tests read this one description.
 * Path parameters, query (GET, DELETE) and body (others) are parsed together by the strict `input` schema.
 */
export type Operation = {
  id: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api/v1, with `{name}` for parameters. */
  path: string
  summary: string
  tag: string
  input: z.ZodObject
  output: z.ZodType | 'download' | 'stream'
  status: 200 | 201 | 202
  /** `owing`: also for a session that still owes its second factor. */
  access: 'signed-in' | 'owing' | 'anyone'
  ifMatch: boolean
  creates: boolean
  /** A list that takes the fields of the query language beside its own; they arrive in `where`. */
  conditions?: ListName
  /** For bodies that may be larger than 1 MiB. */
  bodyBytesMax?: number
  /** Bodies carry a credential: never described in logs, and examples are left out. */
  run: (actor: Actor, input: unknown, context: CallContext) => Promise<unknown>
}

type Described<I extends z.ZodObject, O extends z.ZodType> = {
  id: string
  method: Operation['method']
  path: string
  summary: string
  tag: string
  input: I
  output: O | 'download' | 'stream'
  status?: Operation['status']
  access?: Operation['access']
  ifMatch?: boolean
  creates?: boolean
  conditions?: ListName
  bodyBytesMax?: number
  run: (actor: Actor, input: z.output<I>, context: CallContext) => Promise<z.input<O> | Download | EventStream>
}

/** Describes an operation; the types of input and output are checked here, once. */
export function operation<I extends z.ZodObject, O extends z.ZodType>(spec: Described<I, O>): Operation {
  return {
    status: 200,
    access: 'signed-in',
    ifMatch: false,
    creates: false,
    ...spec,
    run: (actor, input, context) => spec.run(actor, spec.input.parse(input), context),
  }
}
