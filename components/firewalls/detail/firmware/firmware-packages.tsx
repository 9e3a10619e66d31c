import { ArrowRight } from 'lucide-react'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { Firmware } from '@/lib/adapters/model'
import { formatBytes } from '@/lib/format/bytes'
import { plural } from '@/lib/format/numbers'
import { DashOr } from '../figures'

type Package = NonNullable<Firmware['packages']>[number]

const CHANGES = { upgrade: 'Upgrade', downgrade: 'Downgrade', new: 'New', remove: 'Removed', reinstall: 'Reinstalled' } as const satisfies Record<
  Package['change'],
  string
>
const version = (text: string | null) => (text === null ? <span className="text-text-3">none</span> : <span className="font-mono text-xs">{text}</span>)

const COLUMNS: readonly Column<Package>[] = [
  { id: 'name', head: 'Package', cell: ({ name }) => name },
  { id: 'from', head: 'Now', width: '17%', cell: ({ from }) => version(from) },
  { id: 'to', head: <span className="sr-only">becomes</span>, width: '36px', cell: () => <ArrowRight aria-hidden size={14} className="text-text-3" /> },
  { id: 'then', head: 'Then', width: '17%', cell: ({ to }) => version(to) },
  {
    id: 'change',
    head: 'Change',
    width: '104px',
    cell: ({ change }) => <span className={change === 'remove' || change === 'downgrade' ? 'text-warn' : undefined}>{CHANGES[change]}</span>,
  },
  { id: 'size', head: 'Download', align: 'right', width: '88px', cell: ({ sizeBytes }) => <DashOr value={sizeBytes} format={formatBytes} /> },
  { id: 'repository', head: 'Repository', width: '14%', hideBelow: 'lg', cell: ({ repository }) => repository ?? '' },
]

/** What the update would touch. */
export function FirmwarePackages({ packages }: { packages: Firmware['packages'] }) {
  if (packages === null) return <p className="px-5 text-text-3 max-md:px-3">This family does not tell which packages an update touches.</p>
  if (packages.length === 0) return null
  return (
    <section aria-labelledby="what-it-touches">
      <h3 id="what-it-touches" className="px-5 pb-2 font-semibold max-md:px-3">
        What the update would touch <span className="text-xs font-normal text-text-3">{plural(packages.length, 'package')}</span>
      </h3>
      <VirtualTable
        caption="Packages that the update would touch"
        rows={packages}
        columns={COLUMNS}
        rowKey={({ name, change }) => `${name} ${change}`}
        card={({ name, from, to, change, sizeBytes }) => (
          <>
            <span className="flex justify-between gap-3">
              <span className="truncate font-medium">{name}</span>
              <span>{CHANGES[change]}</span>
            </span>
            <span className="flex justify-between gap-3 text-xs text-text-2">
              <span>
                {version(from)} → {version(to)}
              </span>
              <DashOr value={sizeBytes} format={formatBytes} />
            </span>
          </>
        )}
      />
    </section>
  )
}
