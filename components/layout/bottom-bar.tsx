'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'
import { useCustomerScope } from './customer-scope'
import { FIRST_ITEMS, isWithin } from './nav-items'

/** The navigation at 390 px, within reach of the thumb. */
export function BottomBar({ children }: { children: ReactNode }) {
  const path = usePathname()
  const { within } = useCustomerScope()
  return (
    <nav aria-label="Main" className="fixed inset-x-0 bottom-0 z-30 border-t border-line-2 bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden print:hidden">
      <ul className="grid h-14 grid-cols-5">
        {FIRST_ITEMS.map(({ href, label, icon: Icon }) => {
          const here = isWithin(path, href)
          return (
            <li key={href}>
              <Link
                href={within(href)}
                aria-current={here ? 'page' : undefined}
                className={cn('flex h-full flex-col items-center justify-center gap-0.5 text-2xs', here ? 'font-semibold text-text' : 'text-text-2')}
              >
                <Icon aria-hidden size={20} strokeWidth={1.75} />
                {label}
              </Link>
            </li>
          )
        })}
        <li className="grid">{children}</li>
      </ul>
    </nav>
  )
}
