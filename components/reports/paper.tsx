import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

/** A part of the report: its heading, a line about it, then its table or why there is none. */
export function Part({ id, title, about, empty, children }: { id: string; title: string; about?: string; empty?: string | null; children?: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <div className="mb-1.5 break-after-avoid">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {about !== undefined && <p className="text-text-2">{about}</p>}
      </div>
      {empty === null || empty === undefined ? children : <p className="text-text-2">{empty}</p>}
    </section>
  )
}

type Head = string | { name: string; align: 'right' }

/** Heads are repeated on every page, and no row is torn. */
export function PaperTable({ caption, heads, rows }: { caption: string; heads: readonly Head[]; rows: readonly { key: string; cells: readonly ReactNode[] }[] }) {
  const isRight = (at: number): boolean => typeof heads[at] === 'object'
  return (
    <div className="relative overflow-x-auto print:overflow-visible" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-left text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-line-2 bg-sunken print:table-header-group print:bg-transparent">
          <tr>
            {heads.map((head, at) => (
              <th key={at} scope="col" className={cn('px-2 py-1.5 font-medium whitespace-nowrap text-text-2', isRight(at) && 'text-right')}>
                {typeof head === 'string' ? head : head.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="break-inside-avoid border-b border-line align-top">
              {cells.map((cell, at) => (
                <td key={at} className={cn('px-2 py-1.5 break-words', at === 0 && 'font-medium', isRight(at) && 'text-right whitespace-nowrap')}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const right = (name: string): Head => ({ name, align: 'right' })
