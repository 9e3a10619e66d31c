'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import { formatCount, plural } from '@/lib/format/numbers'
import { FLEET_PAGE_ROWS, firewallQueries } from '@/lib/queries/firewalls'

type HandDialogProps = { ids: readonly string[]; query: string; onClose: () => void; onChoose: (ids: string[]) => void }

/** The firewalls of the plan, to tick. Of many, the search finds the one that is meant. */
export function HandDialog({ ids, query, onClose, onChoose }: HandDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(ids))
  const [search, setSearch] = useState('')
  const asked = useSettled(search.trim())
  // A question has one search; where the plan itself is one, names are looked through.
  const also = asked === '' ? '' : new URLSearchParams({ [new URLSearchParams(query).has('search') ? 'name__contains' : 'search']: asked }).toString()
  const within = [query, also, 'sort=name'].filter(Boolean).join('&')
  const { data, error, refetch } = useQuery({ ...firewallQueries.page(within, null), placeholderData: keepPreviousData })
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="Choose firewalls"
      description="Of those that the plan is about. Both members of an HA pair go into the same ring."
      footer={
        <>
          <Button onClick={onClose}>Keep it as it was</Button>
          <Button variant="primary" onClick={() => onChoose([...chosen])}>
            Take {plural(chosen.size, 'firewall')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <SearchInput label="Search firewalls" placeholder="Name, address, customer, site" value={search} onChange={setSearch} className="w-full" />
        <ProblemNotice error={error} retry={() => void refetch()} />
        {data === undefined && error === null && <SkeletonRows rows={6} columns={2} />}
        {data && (
          <ul aria-label="Firewalls" className="max-h-[45vh] overflow-y-auto border-y border-line">
            {data.items.length === 0 && <li className="py-3 text-text-3">No firewall of this plan matches.</li>}
            {data.items.map(({ id, name, customer, site }) => (
              <li key={id} className="border-b border-line last:border-b-0">
                <label className="flex min-h-8 items-center gap-3 px-1 hover:bg-hover max-md:min-h-11">
                  <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} className="size-4 shrink-0 accent-act-fill" />
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  <span className="min-w-0 truncate text-xs text-text-3">{[customer.name, site?.name].filter(Boolean).join(', ')}</span>
                </label>
              </li>
            ))}
          </ul>
        )}
        {data && data.total > data.items.length && <p className="text-xs text-text-3">The first {FLEET_PAGE_ROWS} of {formatCount(data.total)}. Search for the others.</p>}
      </div>
    </Dialog>
  )
}
