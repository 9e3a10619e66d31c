'use client'
import { useMutation } from '@tanstack/react-query'
import { Hand } from 'lucide-react'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { useCustomerName } from '@/components/layout/customer-switcher'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { shortVersion } from '@/lib/format/versions'
import type { VersionHoldDto } from '@/lib/plans/dto'
import { planMutations } from '@/lib/queries/plans'
import { useMe } from '@/lib/queries/use-me'
import { holdOf, placeWords, reasonNotToHold } from './held-words'

const NoteDialog = arriving(() => import('@/components/alerts/note-dialog').then((module) => module.NoteDialog), { leave: ({ onClose }) => onClose() })

export type Holdable = { family: VersionHoldDto['family']; familyLabel: string; version: string }

/** Holds a version of a family for the fleet, or for the customer that the page is about. */
export function HoldVersion({ holds, ...held }: Holdable & { holds: readonly VersionHoldDto[] }) {
  const me = useMe()
  const { customerId } = useCustomerScope()
  const [asked, setAsked] = useState(false)
  const already = holdOf(holds, held.family, held.version, customerId)
  return (
    <>
      <Button size="sm" variant="quiet" icon={Hand} aria-label={`Hold this version: ${shortVersion(held.version)}`} disabledReason={already ? `It is held already, for ${placeWords(already)}: ${already.note}` : me ? reasonNotToHold(me, customerId) : null} onClick={() => setAsked(true)}>
        Hold this version
      </Button>
      {asked && <HoldDialog {...held} customerId={customerId} onClose={() => setAsked(false)} />}
    </>
  )
}

function HoldDialog({ family, familyLabel, version, customerId, onClose }: Holdable & { customerId: string | null; onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const name = useCustomerName(customerId)
  const hold = useMutation(planMutations.hold(key))
  const [short, place] = [shortVersion(version), customerId === null ? 'the whole fleet' : name]
  return (
    <NoteDialog
      title={`Hold ${short} for ${place}?`}
      description={`No firewall of ${familyLabel}${customerId === null ? '' : ` of ${name}`} that has not begun installs ${short}, in any plan, until the hold is lifted. What has begun goes on.`}
      help="Told to everybody whose firewall is held."
      act={`Hold ${short}`}
      required
      busy={hold.isPending}
      error={hold.error}
      onClose={onClose}
      onSave={(note) => hold.mutate({ family, version, customerId, planId: null, note }, { onSuccess: () => { onClose(); toast.good(`${short} is held for ${place}.`) } })}
    />
  )
}
