'use client'
import { useQuery } from '@tanstack/react-query'
import { FileSpreadsheet, Info, Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { Kbd } from '@/components/ui/kbd'
import type { FamilyInfo } from '@/lib/firewalls/dto'
import { versionRange } from '@/lib/format/versions'
import { familyQueries } from '@/lib/queries/families'
import type { Pair } from '@/lib/query-language/parse'

/** The first visit: why it is empty, the one act, and what to have at hand. */
export function FleetEmpty({ mayEnrol }: { mayEnrol: boolean }) {
  const families = useQuery(familyQueries.list()).data ?? []
  return (
    <div className="mx-auto flex max-w-[900px] flex-col gap-10 px-5 py-14 max-md:py-8">
      <section className="flex flex-col items-start gap-2">
        <h2 className="text-lg font-semibold">No firewall is enrolled yet</h2>
        <p className="max-w-xl text-text-2">You need its web address and a key made for Palisade alone. About a minute; nothing on the firewall is changed.</p>
        {mayEnrol ? (
          <p className="mt-3 flex items-center gap-3 text-text-3">
            <ButtonLink href="/firewalls/new" variant="primary" icon={Plus}>
              Enrol a firewall
            </ButtonLink>
            <ButtonLink href="/firewalls/import" icon={FileSpreadsheet}>
              From a file
            </ButtonLink>
            <span className="max-md:hidden">
              or press <Kbd>e</Kbd>
            </span>
          </p>
        ) : (
          <p className="mt-3 text-text-2">An admin can enrol one.</p>
        )}
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="font-semibold">What to have at hand</h2>
        <ul className="grid min-h-[130px] divide-line rounded-lg border border-line max-md:divide-y md:auto-cols-fr md:grid-flow-col md:divide-x">
          {families.map((info) => (
            <FamilyCard key={info.family} info={info} />
          ))}
        </ul>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">Before you start</h2>
        <ul>
          {[
            'Palisade can reach private networks. Loopback and link-local addresses are refused.',
            'If a firewall limits who reaches its web interface, allow the address of Palisade; enrolment shows it after the first step.',
          ].map((text) => (
            <li key={text} className="flex gap-2.5 border-b border-line py-2">
              <Info aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-text-3" />
              {text}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function FamilyCard({ info: { label, testedVersions, credentialMethods } }: { info: FamilyInfo }) {
  return (
    <li className="flex flex-col gap-2 p-4">
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-semibold">{label}</span>
        <span className="text-xs text-text-3">{versionRange(testedVersions)}</span>
      </p>
      <p className="text-text-2">{credentialMethods[0]?.whereMade}</p>
      <p className="mt-auto text-xs text-text-3">{credentialMethods.map((method) => method.label).join(' · ')}</p>
    </li>
  )
}

const written = ([name, value]: Pair): string => `${name}=${value}`

/** Nothing matches: names each condition, so that the right one can be taken away. */
export function FleetNoMatch({ conditions, onChange }: { conditions: readonly Pair[]; onChange: (conditions: readonly Pair[]) => void }) {
  return (
    <Empty
      title="No firewall matches"
      action={
        <>
          {conditions.map((condition, place) => (
            <Button key={`${place} ${written(condition)}`} onClick={() => onChange(conditions.filter((_, other) => other !== place))} className="max-w-full">
              <span className="truncate">
                Remove <span className="font-mono text-xs">{written(condition)}</span>
              </span>
            </Button>
          ))}
          {conditions.length > 1 && (
            <Button variant="quiet" onClick={() => onChange([])}>
              Remove all
            </Button>
          )}
        </>
      }
    >
      {conditions.length === 0
        ? 'None of this customer is enrolled yet.'
        : conditions.length === 1
          ? 'It is this condition that leaves nothing over.'
          : 'These conditions leave nothing over together.'}
    </Empty>
  )
}
