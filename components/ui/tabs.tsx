'use client'
import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from '@/lib/core/cn'

export type TabItem = {
  href: string
  label: string
  count?: number | string | null | undefined
  icon?: LucideIcon | undefined
  /** Also open on the pages below it. */ within?: boolean
}

/** Tabs that are pages: the address holds which one is open. They scroll sideways on narrow screens. */
export function LinkTabs({
  items,
  label,
  query = '',
}: {
  items: readonly TabItem[]
  label: string
  /** Goes along to each page, with its `?`. */ query?: string
}) {
  const path = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for the clean-up of the effect.
    void current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  return (
    <nav aria-label={label} className="overflow-x-auto overflow-y-hidden border-b border-line-2 px-5 [scrollbar-width:none] max-md:px-3">
      <ul className="flex gap-5">
        {items.map(({ href, label: text, count, icon: Icon, within }) => {
          const here = href === path || (within === true && path.startsWith(`${href}/`))
          return (
            <li key={href}>
              <Link
                ref={here ? current : undefined}
                href={href + query}
                aria-current={here ? 'page' : undefined}
                className={cn(
                  'flex h-9 items-center gap-1.5 border-b-2 whitespace-nowrap max-md:h-11',
                  here ? 'border-text font-semibold text-text' : 'border-transparent text-text-2 hover:text-text',
                )}
              >
                {text}
                {Icon && <Icon aria-hidden size={14} />}
                {count !== undefined && count !== null && <span className="text-xs font-normal text-text-3">{count}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
