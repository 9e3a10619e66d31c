'use client'
import { useRouter } from 'next/navigation'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import type { CustomerNumbers } from '@/lib/overview/dto'
import { FINDINGS, LEDGERS, type Ledger } from '@/lib/overview/findings'
import { LEDGER_LOOKS } from './finding-looks'
import { finePath, palisadeRow, PALISADE_WIDTH, postAt, POST_HEIGHT, POST_PITCH, specialPath } from './palisade-shape'

const COLOUR: Record<Ledger, string> = { broken: 'text-bad-mark', waits: 'text-you-mark', 'will-break': 'text-warn-mark', 'not-known': 'text-text-2' }

/** `5 broken, 1 waits, 60 fine` */
function summary({ standing, total }: CustomerNumbers): string {
  const fine = total - LEDGERS.reduce((sum, ledger) => sum + standing[ledger], 0)
  const parts = LEDGERS.filter((ledger) => standing[ledger] > 0).map((ledger) => `${formatCount(standing[ledger])} ${LEDGER_LOOKS[ledger].short}`)
  return [...parts, ...(fine > 0 ? [`${formatCount(fine)} fine`] : [])].join(', ')
}

/** The drawing alone, hidden from screen readers. */
export function Posts({ special, fine, className }: { special: readonly Ledger[]; fine: string; className?: string }) {
  return (
    <svg aria-hidden height={POST_HEIGHT} className={cn('keeps-shape overflow-visible fill-current', className)}>
      {LEDGERS.map((ledger) => {
        const path = specialPath(special, ledger)
        return path === '' ? null : <path key={ledger} d={path} className={COLOUR[ledger]} />
      })}
      {fine !== '' && <path d={fine} className="text-control" />}
    </svg>
  )
}

/**
 * One post for each firewall of a customer, worst first. Those that have a name are one link: the pointer or the arrow keys
 * choose the firewall that it leads to.
 */
export function Palisade({ customer, perPost }: { customer: CustomerNumbers; perPost: number }) {
  const router = useRouter()
  const [at, setAt] = useState<number | null>(null)
  const row = palisadeRow(customer, perPost)
  const named = customer.posts.slice(0, row.special.length)
  const place = Math.min(at ?? 0, named.length - 1)
  const post = named[place]
  const onPointer = (event: PointerEvent): void => setAt(postAt(event.clientX - event.currentTarget.getBoundingClientRect().left, named.length))
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    setAt(Math.max(0, Math.min(named.length - 1, place + step)))
  }
  return (
    <div className="relative" style={{ width: PALISADE_WIDTH, maxWidth: '100%', height: POST_HEIGHT + 1 }}>
      <div className="overflow-hidden border-b border-line">
        <Posts special={row.special} fine={finePath(row)} className="block w-full" />
      </div>
      {row.more > 0 && (
        <span className="absolute bottom-0 text-2xs text-text-3 tabular-nums" style={{ left: row.special.length * POST_PITCH }}>
          +{formatCount(row.more)}
        </span>
      )}
      <span className="sr-only">{summary(customer)}</span>
      {post && (
        <a
          href={`/firewalls/${post.id}`}
          aria-label={`${post.name}: ${FINDINGS[post.finding].word}. ${place + 1} of ${named.length}; arrow keys choose another firewall.`}
          className="group absolute -top-1 left-0 h-[calc(100%+8px)] rounded-xs"
          style={{ width: named.length * POST_PITCH, minWidth: 24 }}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            router.push(`/firewalls/${post.id}`)
          }}
        >
          <span
            aria-hidden
            className="pointer-events-none absolute bottom-full z-10 hidden rounded-md bg-raised px-2 py-1 text-xs whitespace-nowrap shadow-raised group-hover:block group-focus-visible:block"
            style={{ left: place * POST_PITCH - 4 }}
          >
            <span className="font-semibold">{post.name}</span> <span className="text-text-2">{FINDINGS[post.finding].word}</span>
          </span>
          <span
            aria-hidden
            className="pointer-events-none absolute bottom-0 hidden h-0.5 bg-act group-hover:block group-focus-visible:block"
            style={{ left: place * POST_PITCH, width: 5 }}
          />
        </a>
      )}
    </div>
  )
}
