'use client'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { scoped } from '@/components/layout/scope-address'
import { TONE_TEXT } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import { formatCount, plural } from '@/lib/format/numbers'
import type { CustomerNumbers, Overview } from '@/lib/overview/dto'
import { LEDGERS, whereLedger, WHERE_UPDATES, type Ledger } from '@/lib/overview/findings'
import { LEDGER_LOOKS } from './finding-looks'
import { worstSentence } from './headline'
import { Palisade, Posts } from './palisade'
import { firewallsPerPost } from './palisade-shape'

const COUNTED = ['broken', 'waits', 'will-break'] as const satisfies readonly Ledger[]
const HEADS = { broken: 'Broken', waits: 'Waits', 'will-break': 'Will break' } as const
const figure = 'w-[62px] py-1.5 text-right tabular-nums max-[59.99rem]:hidden'

/** The whole fleet by customer, worst first. */
export function FleetMap({ customers, quiet }: Pick<Overview, 'customers' | 'quiet'>) {
  const [open, setOpen] = useState(false)
  const loud = customers.filter(({ worst }) => worst !== null)
  const still = customers.filter(({ worst }) => worst === null)
  // One that is alone, or a few, need no folding.
  const folded = still.length > 3 && !open
  const shown = folded ? loud : [...loud, ...still]
  const perPost = firewallsPerPost(customers)
  return (
    <section aria-labelledby="fleet-map">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-5 py-2.5 max-md:px-4">
        <h2 id="fleet-map" className="font-semibold">
          Fleet
        </h2>
        <p className="text-xs text-text-3">One post is one firewall, worst first{perPost > 1 && `; a grey one is ${formatCount(perPost)} that are fine`}</p>
        <Legend />
      </div>
      <table className="w-full max-[59.99rem]:block">
        <thead className="max-[59.99rem]:hidden">
          <tr className="border-b border-line-2 bg-sunken text-xs text-text-2">
            <th scope="col" className="py-2 pl-5 text-left font-medium">
              Customer
            </th>
            <th scope="col" className="text-left font-medium">
              <span className="sr-only">Firewalls</span>
            </th>
            {COUNTED.map((ledger) => (
              <th key={ledger} scope="col" className="w-[62px] text-right font-medium whitespace-nowrap">
                {HEADS[ledger]}
              </th>
            ))}
            <th scope="col" className="w-[62px] text-right font-medium whitespace-nowrap">
              Updates
            </th>
            <th scope="col" className="w-[76px] pr-5 text-right font-medium">
              All
            </th>
          </tr>
        </thead>
        <tbody className="max-[59.99rem]:block">
          {shown.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} perPost={perPost} />
          ))}
          {still.length > 3 && (
            <tr className="border-b border-line max-[59.99rem]:block">
              <th scope="row" colSpan={2} className="pl-5 text-left font-normal max-[59.99rem]:block max-md:pl-4">
                <button
                  type="button"
                  aria-expanded={open}
                  onClick={() => setOpen(!open)}
                  className="flex min-h-[42px] items-center gap-1 text-text-2 hover:text-text"
                >
                  <ChevronRight aria-hidden size={14} className={cn(open && 'rotate-90')} />
                  {quiet.customers > still.length && open
                    ? `${plural(quiet.customers - still.length, 'more customer')} with nothing to do are not shown`
                    : `${plural(quiet.customers, loud.length > 0 ? 'more customer' : 'customer')}, nothing to do`}
                </button>
              </th>
              {COUNTED.map((ledger) => (
                <td key={ledger} className={cn(figure, 'text-text-3')}>
                  –
                </td>
              ))}
              <td className={cn(figure, 'text-text-2')}>{quiet.updates === 0 ? '–' : formatCount(quiet.updates)}</td>
              <td className={cn(figure, 'pr-5')}>{formatCount(quiet.firewalls)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function Legend() {
  return (
    <ul aria-hidden className="ml-auto flex flex-wrap items-end gap-x-4 text-xs text-text-3 max-md:ml-0">
      {LEDGERS.map((ledger) => (
        <li key={ledger} className="flex items-end gap-1.5">
          <Posts special={[ledger]} fine="" className="w-[5px]" />
          {LEDGER_LOOKS[ledger].short}
        </li>
      ))}
      <li className="flex items-end gap-1.5">
        <Posts special={[]} fine="M0 15h1.1v8h-1.1zm2.25 0h1.1v8h-1.1z" className="w-[5px]" />
        fine
      </li>
    </ul>
  )
}

function CustomerRow({ customer, perPost }: { customer: CustomerNumbers; perPost: number }) {
  const nowMs = useNow()
  const { id, name, ledgers, updates, total, worst } = customer
  const to = (where: string) => scoped(`/firewalls?${where}`, id)
  const sentence = worstSentence(customer, nowMs)
  return (
    <tr className="border-b border-line max-[59.99rem]:grid max-[59.99rem]:grid-cols-[minmax(0,1fr)_auto] max-[59.99rem]:gap-y-2 max-[59.99rem]:px-5 max-md:px-4 max-[59.99rem]:py-2.5 min-[60rem]:hover:bg-hover">
      <th scope="row" className="max-w-0 py-1.5 pr-4 pl-5 text-left font-normal max-[59.99rem]:max-w-none max-[59.99rem]:p-0 min-[60rem]:w-[27%]">
        <Link href={scoped('/', id)} className="block truncate font-medium hover:underline">
          {name}
        </Link>
        <span title={sentence} className={cn('block truncate text-xs', worst === null ? 'text-text-3' : 'text-text-2')}>
          {sentence}
        </span>
      </th>
      <td className="py-1.5 pr-4 align-bottom max-[59.99rem]:order-last max-[59.99rem]:col-span-2 max-[59.99rem]:p-0">
        <Palisade customer={customer} perPost={perPost} />
      </td>
      {COUNTED.map((ledger) => {
        const { tone, title } = LEDGER_LOOKS[ledger]
        return (
          <td key={ledger} className={figure}>
            <Figure
              count={ledgers[ledger]}
              href={to(whereLedger(ledger))}
              label={`${name}, ${title.toLowerCase()}`}
              className={cn('font-semibold', TONE_TEXT[tone])}
            />
          </td>
        )
      })}
      <td className={figure}>
        <Figure count={updates} href={to(WHERE_UPDATES)} label={`${name}, updates offered`} className="text-text-2" />
      </td>
      <td className="w-[76px] pr-5 text-right tabular-nums max-[59.99rem]:w-auto max-[59.99rem]:p-0">
        <Figure count={total} href={scoped('/firewalls', id)} label={`${name}, all firewalls`} className="" />
      </td>
    </tr>
  )
}

/** A number that leads to what it counts; nothing counted leads nowhere. */
function Figure({ count, href, label, className }: { count: number; href: string; label: string; className: string }) {
  if (count === 0) return <span className="text-text-3">–</span>
  return (
    <Link href={href} aria-label={`${label}: ${formatCount(count)}`} className={cn('inline-block min-w-6 leading-6 hover:underline', className)}>
      {formatCount(count)}
    </Link>
  )
}
