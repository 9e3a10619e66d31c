'use client'
import Link from 'next/link'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { reasonOf, Visited } from './fleet-cells'
import { FirewallStateWord, FirmwareWord } from './state-word'

type SelectProps = { name: string; checked: boolean; onChange: () => void }

/** A checkbox as large as a finger, around which nothing else can be hit. */
export function SelectBox({ name, checked, onChange }: SelectProps) {
  return (
    <label className="-my-1 inline-grid size-7 place-items-center align-middle max-md:-my-2 max-md:-ml-3 max-md:size-11">
      <input type="checkbox" aria-label={`Choose ${name}`} checked={checked} onChange={onChange} className="size-4 rounded-xs accent-act-fill max-md:size-5" />
    </label>
  )
}

/** Two lines for 390 px. */
export function FleetCard({ row, href, select }: { row: FirewallSummary; href: string; select: SelectProps }) {
  return (
    <div className="flex min-w-0 items-center gap-1">
      <SelectBox {...select} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center justify-between gap-3">
          <Link href={href} prefetch={false} className="-my-2 truncate py-2 text-base font-medium">
            {row.name}
          </Link>
          <span className="shrink-0 text-xs">
            <Visited row={row} />
          </span>
        </div>
        <div className="flex items-center justify-between gap-3 text-xs">
          <FirewallStateWord state={row.state} reason={reasonOf(row)} className="min-w-0 flex-1" />
          <FirmwareWord firmware={row.firmware} className="max-w-[45%]" />
        </div>
      </div>
    </div>
  )
}

const BAR = 'block h-2 w-2/3 rounded-full bg-line'
/** What stands in the place of a row that is being loaded. */
export const AbsentCell = () => <span aria-hidden className={BAR} />
export const AbsentCard = () => (
  <span aria-hidden className="flex flex-col gap-3">
    <span className={BAR} />
    <span className={BAR} />
  </span>
)
