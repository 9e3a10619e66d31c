'use client'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import type { AlertDto } from '@/lib/alerts/dto'
import type { AlertActs } from './use-alert-acts'
import type { Inbox } from './use-inbox'

export const TRIAGE_KEYS = [
  ['j', 'Next alert'],
  ['k', 'Previous alert'],
  ['x', 'Choose it'],
  ['a', 'Acknowledge it, or those that are chosen, with a note'],
  ['s', 'Silence for a while; then 1, 4 or t'],
  ['n', 'Write a note'],
  ['u', 'Take back what was acknowledged last'],
  ['Enter', 'Open it on a page of its own'],
  ['/', 'To the conditions'],
  ['Esc', 'Clear the selection'],
  ['?', 'These keys'],
] as const

type Triage = {
  inbox: Inbox
  acts: AlertActs
  active: AlertDto | null
  chosen: readonly AlertDto[]
  move: (step: number) => void
  /** Whether this person may answer them. */ may: boolean
  onKeys: () => void
  onFilter: () => void
}

/** The whole inbox from the keyboard. */
export function useTriageKeys({ inbox, acts, active, chosen, move, may, onKeys, onFilter }: Triage): void {
  const targets = chosen.length > 0 ? chosen : active ? [active] : []
  const [target] = targets
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('x', () => active && inbox.toggle(active.id))
  useSingleKey('a', () => {
    const open = targets.filter(({ state }) => state === 'open')
    if (may && open.length > 0) acts.ask({ act: 'acknowledge', alerts: open })
  })
  useSingleKey('s', () => may && target && target.state !== 'resolved' && acts.ask({ act: 'silence', alerts: [target] }))
  useSingleKey('n', () => may && target && acts.ask({ act: 'note', alerts: [target] }))
  useSingleKey('u', () => may && acts.undo())
  useSingleKey('/', onFilter)
  useSingleKey('?', onKeys)
  useSingleKey('Escape', () => inbox.clear())
}
