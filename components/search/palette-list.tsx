'use client'
import { CornerDownLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Age } from '@/components/ui/age'
import { cn } from '@/lib/core/cn'
import { Marked } from './marked'
import type { PaletteGroup, PaletteItem } from './palette-items'

type ListProps = {
  id: string
  groups: readonly PaletteGroup[]
  active: PaletteItem | null
  /** Marked where it stands in a title. */
  typed: string
  busy: boolean
  onChoose: (item: PaletteItem, apart: boolean) => void
  onPoint: (item: PaletteItem) => void
}

export function PaletteList({ id, groups, active, typed, busy, onChoose, onPoint }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  const items = groups.flatMap((group) => group.items)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active?.id])
  if (items.length === 0)
    return (
      <p className="min-h-24 flex-1 px-4 py-6 text-text-2">
        {busy ? 'Looking…' : 'Nothing is called so or has it. Try fewer letters, or a part of an address.'}
      </p>
    )
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" aria-busy={busy || undefined} className="min-h-24 flex-1 overflow-y-auto py-1">
      {groups.map(({ title, items: own }) => (
        <div key={title} role="group" aria-label={title}>
          <div aria-hidden className="px-4 pt-2.5 pb-1 text-xs text-text-3">
            {title}
          </div>
          {own.map((item) => (
            <Option
              key={item.id}
              id={`${id}-${items.indexOf(item)}`}
              item={item}
              typed={typed}
              isActive={item === active}
              onChoose={onChoose}
              onPoint={onPoint}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

type OptionProps = Pick<ListProps, 'typed' | 'onChoose' | 'onPoint'> & { id: string; item: PaletteItem; isActive: boolean }

function Option({ id, item, typed, isActive, onChoose, onPoint }: OptionProps) {
  const { icon: Icon, title, mono, detail, aside, seenAt, gone } = item
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => !isActive && onPoint(item)}
      onClick={(event) => onChoose(item, event.ctrlKey || event.metaKey)}
      className={cn(
        'flex min-h-9 cursor-pointer items-center gap-3 border-l-[3px] py-1.5 pr-4 pl-[13px] max-md:min-h-11',
        isActive ? 'border-act bg-act-soft' : 'border-transparent',
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate max-md:whitespace-normal">
        <span className={cn('font-medium', gone && 'line-through')}>
          <Marked text={title} part={typed} />
        </span>
        {mono !== undefined && (
          <span className="ml-2 font-mono text-xs text-text-2">
            <Marked text={mono} part={typed} />
          </span>
        )}
        {detail !== undefined && detail !== '' && <span className="ml-2 text-text-2">{detail}</span>}
      </span>
      <span className="flex max-w-[45%] shrink-0 items-center gap-2 text-xs text-text-3">
        <span className="truncate">
          {seenAt === undefined ? (
            aside
          ) : (
            <>
              {gone ? 'gone ' : 'seen '}
              <Age at={seenAt} />
            </>
          )}
        </span>
        {isActive && <CornerDownLeft aria-hidden size={14} className="max-md:hidden" />}
      </span>
    </div>
  )
}
