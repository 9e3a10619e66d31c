import 'server-only'
import { randomBytes } from 'node:crypto'
import { AppError } from '@/lib/core/errors'
import type { StoredTarget, TargetInput } from './input'
import { placeOf, type ChannelSecrets } from './stored'

type Kept = { target: StoredTarget; secrets: ChannelSecrets }

export const wrong = (field: string, message: string): AppError => new AppError('invalid-input', message, { issues: [{ field, message }] })

/** A key that signs, in a form that its holder recognises. */
export const newSigningSecret = (): string => `palsig_${randomBytes(32).toString('base64url')}`

function storedOf(input: TargetInput, before: Kept | null): StoredTarget {
  switch (input.kind) {
    case 'email': {
      const { password: _, ...target } = input
      return target
    }
    case 'webhook':
      return input
    case 'ntfy': {
      const { token: _, ...target } = input
      return target
    }
    case 'slack':
    case 'teams': {
      if (input.url !== undefined) return { kind: input.kind, origin: new URL(input.url).origin }
      if (before?.target.kind === input.kind) return before.target
      throw wrong('target.url', 'Enter the address that was made for this channel.')
    }
  }
}

/** What is kept of the secrets: all of them where the place is the same, none where it is another. */
function secretsOf(input: TargetInput, kept: ChannelSecrets): ChannelSecrets {
  switch (input.kind) {
    case 'email': {
      if (input.user === '') return {}
      const password = input.password ?? kept.password
      if (password === undefined) throw wrong('target.password', 'Enter the password; a stored one does not follow to another server, user or trust.')
      return { password }
    }
    case 'webhook':
      return kept.signing === undefined ? { signing: newSigningSecret() } : kept
    case 'ntfy': {
      const token = input.token ?? (input.token === null ? undefined : kept.token)
      if (token !== undefined && input.server.startsWith('http:')) throw wrong('target.server', 'A token is never sent without TLS.')
      return token === undefined ? {} : { token }
    }
    case 'slack':
    case 'teams': {
      const url = input.url ?? kept.url
      if (url === undefined) throw wrong('target.url', 'Enter the address that was made for this channel.')
      return { url }
    }
  }
}

/** What exactly is called: another path or topic of the same server is another machine behind a proxy, or another act of it. */
function addressOf({ target, secrets }: Kept): string {
  switch (target.kind) {
    case 'email':
      return placeOf(target)
    case 'webhook':
      return new URL(target.url).href
    case 'ntfy':
      return JSON.stringify([new URL(target.server).href, target.topic])
    case 'slack':
    case 'teams':
      return secrets.url ?? ''
  }
}

/**
 * The target as it is stored, with its secrets: those of before stay only when they go where they went. `isElsewhere`: it
 * sends to another place than before. `isOtherAddress`: or to another address there. `signingSecret`: one that was made now. Throws invalid-input naming the field.
 */
export function settleTarget(input: TargetInput, before: Kept | null): Kept & { isElsewhere: boolean; isOtherAddress: boolean; signingSecret: string | null } {
  if (before && before.target.kind !== input.kind) throw wrong('target.kind', 'A channel keeps its kind. Make another channel.')
  const target = storedOf(input, before)
  const isElsewhere = !before || placeOf(target) !== placeOf(before.target)
  const secrets = secretsOf(input, isElsewhere ? {} : before.secrets)
  const signingSecret = secrets.signing !== undefined && secrets.signing !== before?.secrets.signing ? secrets.signing : null
  const isOtherAddress = !before || addressOf({ target, secrets }) !== addressOf(before)
  return { target, secrets, isElsewhere, isOtherAddress, signingSecret }
}

const ONLY_PRIVATE = 'only to a private address, which an admin of all customers has to allow.'

/** What goes in clear stays on networks of one's own, and a password never goes in clear. */
export function requireSafeWay(target: StoredTarget, privateAllowed: boolean): void {
  if (target.kind === 'email' && target.security === 'none') {
    if (target.user !== '') throw wrong('target.security', 'A password is never sent without TLS.')
    if (!privateAllowed) throw wrong('target.security', `Without TLS ${ONLY_PRIVATE}`)
  }
  if (target.kind === 'webhook' && target.url.startsWith('http:') && !privateAllowed) throw wrong('target.url', `Without TLS ${ONLY_PRIVATE}`)
  if (target.kind === 'ntfy' && target.server.startsWith('http:') && !privateAllowed) throw wrong('target.server', `Without TLS ${ONLY_PRIVATE}`)
}
