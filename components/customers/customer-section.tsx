'use client'
import { Ellipsis, Pencil, Plus, Timer, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { CustomerAlerts } from '@/components/alerts/customer-alerts'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuItem } from '@/components/ui/menu-items'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { CustomerDto } from '@/lib/customers/input'
import { plural } from '@/lib/format/numbers'
import type { SiteDto } from '@/lib/sites/input'

/** What a person wants to do here; the page shows the dialog for it. */
export type CustomerAct =
  { act: 'create' } | { act: 'rename' | 'remove' | 'add-site' | 'visits'; customer: CustomerDto } | { act: 'edit-site' | 'remove-site'; site: SiteDto }

type CustomerSectionProps = {
  customer: CustomerDto
  sites: readonly SiteDto[]
  /** Why nothing can be changed; null when it can. */ reason: string | null
  onAct: (act: CustomerAct) => void
}

const stillHolds = (firewalls: number, sites: number): string | null => {
  const parts = [...(firewalls > 0 ? [plural(firewalls, 'firewall')] : []), ...(sites > 0 ? [plural(sites, 'site')] : [])]
  return parts.length === 0 ? null : `It still has ${parts.join(' and ')}. Move or remove them first.`
}

/** One customer with its sites. */
export function CustomerSection({ customer, sites, reason, onAct }: CustomerSectionProps) {
  const holds = stillHolds(customer.firewallCount, customer.siteCount)
  return (
    <section aria-labelledby={customer.id} className="border-b border-line-2">
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-5 py-2 max-md:px-4">
        <h2 id={customer.id} className="text-base font-semibold break-words">
          {customer.name}
        </h2>
        {customer.firewallCount === 0 ? (
          <span className="text-text-3">no firewalls</span>
        ) : (
          <Link href={`/firewalls?customer=${customer.id}`} className="text-act hover:underline max-md:py-3">
            {plural(customer.firewallCount, 'firewall')}
          </Link>
        )}
        <CustomerAlerts customerId={customer.id} />
        <div className="ml-auto flex items-center gap-2">
          <Button size="sm" icon={Plus} disabledReason={reason} onClick={() => onAct({ act: 'add-site', customer })}>
            Add a site
          </Button>
          <ActsMenu
            name={customer.name}
            items={[
              { label: 'Rename', icon: Pencil, disabledReason: reason, onSelect: () => onAct({ act: 'rename', customer }) },
              { label: 'Visits', icon: Timer, onSelect: () => onAct({ act: 'visits', customer }) },
              { label: 'Remove', icon: Trash2, danger: true, disabledReason: reason ?? holds, onSelect: () => onAct({ act: 'remove', customer }) },
            ]}
          />
        </div>
      </div>
      {sites.length > 0 && (
        <Table caption={`Sites of ${customer.name}`} className="table-fixed">
          <TableHead>
            <TableRow>
              <TableHeader>Site</TableHeader>
              <TableHeader>Time zone</TableHeader>
              <TableHeader align="right" className="w-24">
                Firewalls
              </TableHeader>
              <TableHeader className="w-16">
                <span className="sr-only">Acts</span>
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {sites.map((site) => (
              <TableRow key={site.id} className="last:border-0">
                <TableCell className="truncate font-medium">{site.name}</TableCell>
                <TableCell className="truncate text-text-2">{site.timeZone}</TableCell>
                <TableCell align="right">{site.firewallCount}</TableCell>
                <TableCell align="right">
                  <ActsMenu
                    name={site.name}
                    items={[
                      { label: 'Edit', icon: Pencil, disabledReason: reason, onSelect: () => onAct({ act: 'edit-site', site }) },
                      {
                        label: 'Remove',
                        icon: Trash2,
                        danger: true,
                        disabledReason: reason ?? stillHolds(site.firewallCount, 0),
                        onSelect: () => onAct({ act: 'remove-site', site }),
                      },
                    ]}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  )
}

function ActsMenu({ name, items }: { name: string; items: readonly MenuItem[] }) {
  return (
    <Menu
      label={`Acts on ${name}`}
      items={items}
      trigger={
        <button
          type="button"
          aria-label={`Acts on ${name}`}
          className="inline-grid size-6 place-items-center rounded-md align-middle text-text-3 hover:bg-hover hover:text-text max-md:size-11"
        >
          <Ellipsis aria-hidden size={16} />
        </button>
      }
    />
  )
}
