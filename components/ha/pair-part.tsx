'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { FirewallStateWord } from '@/components/firewalls/state-word'
import { AsidePart } from '@/components/firewalls/detail/aside'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { Button } from '@/components/ui/button'
import { NotReported } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { TONE_TEXT } from '@/components/ui/tone'
import type { PairMember, PairReply } from '@/lib/ha/dto'
import { shortVersion } from '@/lib/format/versions'
import { pairMutations, pairQueries } from '@/lib/queries/pairs'
import { HA_WORDS } from './ha-badge'
import { LinkDialog, UnlinkDialog } from './link-dialogs'
import { PAIR_TONES } from './pair-notices'

/** The other member, who has which role, and what is wrong; for a firewall that stands alone, how it is linked. */
export function PairPart() {
  const { firewall, role } = useFirewall()
  const [open, setOpen] = useState<'link' | 'unlink' | null>(null)
  const { data: pair, error, refetch } = useQuery(pairQueries.of(firewall.id))
  const lacks = reasonWithout(role, 'firewall:manage')
  return (
    <AsidePart title="HA pair">
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {pair && (pair.members ? <Members members={pair.members} ownId={firewall.id} /> : <Alone pair={pair} lacks={lacks} />)}
      {pair?.problems.map(({ kind, message, nextStep }) => (
        <p key={kind} className={TONE_TEXT[PAIR_TONES[kind]]}>
          {message}
          {PAIR_TONES[kind] !== 'bad' && <span className="text-text-2"> {nextStep}</span>}
        </p>
      ))}
      <div>
        <Button size="sm" disabledReason={lacks} onClick={() => setOpen(pair?.members ? 'unlink' : 'link')}>
          {pair?.members ? 'Unlink the pair' : 'Link with a peer'}
        </Button>
      </div>
      {open === 'link' && <LinkDialog onClose={() => setOpen(null)} />}
      {open === 'unlink' && <UnlinkDialog onClose={() => setOpen(null)} />}
    </AsidePart>
  )
}

function Members({ members, ownId }: { members: readonly PairMember[]; ownId: string }) {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {members.map((member) => (
        <li key={member.id} className="flex flex-col gap-0.5 py-1.5 first:pt-0">
          <span className="flex items-baseline justify-between gap-3">
            {member.id === ownId ? (
              <span className="truncate font-medium">{member.name}</span>
            ) : (
              <Link href={`/firewalls/${member.id}`} className="truncate font-medium text-act hover:underline">
                {member.name}
              </Link>
            )}
            <span className="shrink-0">{member.role === null ? <NotReported>role not reported</NotReported> : HA_WORDS[member.role]}</span>
          </span>
          <span className="flex items-center justify-between gap-3 text-xs">
            <FirewallStateWord state={member.state} />
            <span className="shrink-0 text-text-2">{member.version === null ? 'version not reported' : shortVersion(member.version)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Shared virtual addresses are a strong sign, but it is a person who links. */
function Alone({ pair, lacks }: { pair: PairReply; lacks: string | null }) {
  const { firewall } = useFirewall()
  const { mutate, isPending, error } = useMutation(pairMutations.link())
  const [best] = pair.suggestions
  if (!best) return <p className="text-text-3">It stands alone, as far as Palisade knows.</p>
  return (
    <>
      <p className="text-text-2">
        It shares{' '}
        <span className="font-mono text-xs" title={best.sharedAddresses.join(', ')}>
          {best.sharedAddresses[0]}
        </span>
        {best.sharedAddresses.length > 1 && ` and ${best.sharedAddresses.length - 1} more`} with{' '}
        <Link href={`/firewalls/${best.id}`} className="text-act underline">
          {best.name}
        </Link>
        . Are they a pair?
      </p>
      <ProblemNotice error={error} />
      <div>
        <Button
          size="sm"
          variant="primary"
          busy={isPending}
          disabledReason={lacks}
          onClick={() => mutate({ id: firewall.id, etag: firewall.etag, haPeerId: best.id })}
        >
          Link with {best.name}
        </Button>
      </div>
    </>
  )
}
