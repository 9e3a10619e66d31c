// What the form holds while it is filled. Pure, so that it can be tested.
import { createCopyInput, type CopyDto, type CopySecurity, type CopyTarget } from '@/lib/audit-copies/input'

export type CopyDraft = {
  kind: CopyTarget['kind']
  name: string
  host: string
  port: string
  mode: CopySecurity['mode']
  /** The certificate that is trusted; null until one was looked at. */
  sha256: string | null
  start: 'now' | 'first'
}

export const NEW_DRAFT: CopyDraft = { kind: 'syslog', name: '', host: '', port: '6514', mode: 'pin', sha256: null, start: 'now' }

export function draftOf({ name, target }: Pick<CopyDto, 'name' | 'target'>): CopyDraft {
  if (target.kind === 'file') return { ...NEW_DRAFT, kind: 'file', name }
  const { host, port, security } = target
  return { kind: 'syslog', name, host, port: String(port), mode: security.mode, sha256: security.mode === 'pin' ? security.sha256 : null, start: 'now' }
}

export type DraftField = 'name' | 'host' | 'port' | 'security'
export type Filled = { ok: true; value: { name: string; target: CopyTarget; start: 'now' | 'first' } } | { ok: false; wrong: Partial<Record<DraftField, string>> }

const LOOK_FIRST = 'Look at its certificate first.'
const targetOf = ({ kind, host, port, mode, sha256 }: CopyDraft): unknown =>
  kind === 'file' ? { kind } : { kind, host, port: /^\d{1,6}$/.test(port.trim()) ? Number(port) : null, security: mode === 'pin' ? { mode, sha256: sha256 ?? '' } : { mode } }
const fieldOf = (path: readonly PropertyKey[]): DraftField => (path[0] === 'name' ? 'name' : path[1] === 'host' ? 'host' : path[1] === 'port' ? 'port' : 'security')

/** What is sent, or what is wrong with it, by field. */
export function filled(draft: CopyDraft): Filled {
  const { data, error } = createCopyInput.safeParse({ name: draft.name, target: targetOf(draft), start: draft.start })
  if (data) return { ok: true, value: data }
  const wrong: Partial<Record<DraftField, string>> = {}
  for (const { path, message } of error.issues) wrong[fieldOf(path)] ??= fieldOf(path) === 'security' ? LOOK_FIRST : message
  return { ok: false, wrong }
}
