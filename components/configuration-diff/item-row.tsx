'use client'
import { useEffect, useRef } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { cn } from '@/lib/core/cn'
import type { ItemChange } from '@/lib/configuration/dto'
import { formatDateTime } from '@/lib/format/dates'
import { escapeUnseen } from '@/lib/format/unseen'
import { CHANGE_LOOKS } from './change-looks'
import { placeWords } from './diff-words'
import { ItemValues } from './item-values'

type ItemRowProps = { item: ItemChange; active: boolean; /** Address of this very item; null where it has none. */ href: string | null; onActive: () => void }

/** What became of one thing, and which of its values. */
export function ItemRow({ item, active, href, onActive }: ItemRowProps) {
  const { what, label, labelBefore, changedBy, changedAt } = item
  const { word, icon: Icon } = CHANGE_LOOKS[what]
  const place = placeWords(item)
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    // A control inside it keeps the focus that it was given.
    if (active && ref.current?.contains(document.activeElement) === false) ref.current.focus({ preventScroll: true })
  }, [active])
  const noted = [changedBy === null ? null : `last changed by ${escapeUnseen(changedBy)}`, changedAt === null ? null : formatDateTime(changedAt)].filter(
    (part) => part !== null,
  )
  return (
    <article
      ref={ref}
      tabIndex={-1}
      aria-label={`${word}: ${label}`}
      aria-current={active || undefined}
      onClick={onActive}
      className={cn(
        'group grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line py-2.5 px-5 outline-none max-md:grid-cols-1 max-md:px-4',
        active && 'bg-hover shadow-[inset_3px_0_0_var(--act)]',
      )}
    >
      <p className="flex items-center gap-2 self-start text-text-2">
        <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-text-3" />
        {word}
      </p>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h3 className={cn('font-medium break-words', what === 'removed' && 'text-text-2')}>{escapeUnseen(label)}</h3>
            <p className="text-xs text-text-3 empty:hidden">
              {[labelBefore === null ? null : `was “${escapeUnseen(labelBefore)}”`, place, ...noted].filter((part) => part !== null).join(' · ')}
            </p>
          </div>
          {href !== null && (
            <span className="shrink-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:hidden">
              <CopyButton text={() => new URL(href, window.location.href).href} label="Copy the link to this" variant="quiet" iconOnly />
            </span>
          )}
        </div>
        <ItemValues item={item} />
      </div>
    </article>
  )
}
