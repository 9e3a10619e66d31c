import Link from 'next/link'
import type { ReactNode } from 'react'
import { HeaderTools } from './header-tools'
import { ScopeBar } from './scope-bar'

/** The bar at the top of a page: where one is, its main act, and what every page has at the right. The last crumb is the page's heading unless `headingElsewhere`. */
export function PageHeader({
  title,
  crumbs = [],
  children,
  headingElsewhere = false,
}: {
  title: string
  crumbs?: readonly { label: string; href: string }[]
  children?: ReactNode
  headingElsewhere?: boolean
}) {
  return (
    <>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-3 border-b border-line bg-surface px-5 max-md:px-4">
        <nav aria-label="Where you are" className="flex min-w-0 flex-1 items-center gap-2">
          {crumbs.map(({ label, href }) => (
            <span key={href} className="flex min-w-0 items-center gap-2 text-text-2">
              <Link href={href} className="truncate hover:text-text hover:underline">
                {label}
              </Link>
              <span aria-hidden className="text-text-3">
                /
              </span>
            </span>
          ))}
          {headingElsewhere ? (
            <span aria-current="page" className="truncate font-semibold">
              {title}
            </span>
          ) : (
            <h1 className="truncate font-semibold">{title}</h1>
          )}
        </nav>
        {children && <div className="flex shrink-0 items-center gap-2">{children}</div>}
        <HeaderTools />
      </header>
      <ScopeBar />
    </>
  )
}
