'use client'
import { useMutation } from '@tanstack/react-query'
import { Hand, Unlock } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { cn } from '@/lib/core/cn'
import { shortVersion } from '@/lib/format/versions'
import type { VersionHoldDto } from '@/lib/plans/dto'
import { planMutations } from '@/lib/queries/plans'
import { placeWords, reasonNotToLift } from './held-words'

type HeldVersionsProps = { items: readonly VersionHoldDto[]; /** On the page of this plan, which need not be named. */ planId?: string; className?: string }

/** Versions that are not installed for now: where, why, and the way to let them be installed again. */
export function HeldVersions({ items, planId, className }: HeldVersionsProps) {
  const [asked, setAsked] = useState<VersionHoldDto | null>(null)
  return (
    <section aria-label="Held versions" className={cn('px-5 max-md:px-4', className)}>
      <h2 className="pb-1 font-semibold">
        Held versions <span className="text-xs font-normal text-text-3">not installed until the hold is lifted</span>
      </h2>
      <ul className="flex flex-col">
        {items.map((hold) => (
          <li key={hold.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-t border-line py-1.5">
            <span className="inline-flex shrink-0 items-center gap-2 text-you">
              <Hand aria-hidden size={14} className="text-you-mark" />
              <span className="font-mono text-xs">{shortVersion(hold.version)}</span>
            </span>
            <span className="text-text-2">
              {hold.familyLabel}, <Place hold={hold} planId={planId} />
            </span>
            <span className="min-w-0 flex-1 basis-64 break-words">{hold.note}</span>
            <span className="text-text-2">
              {hold.createdBy}, <Age at={hold.createdAt} />
            </span>
            <Button size="sm" icon={Unlock} disabledReason={reasonNotToLift(hold)} onClick={() => setAsked(hold)}>
              Lift the hold
            </Button>
          </li>
        ))}
      </ul>
      {asked !== null && <LiftDialog hold={asked} onClose={() => setAsked(null)} />}
    </section>
  )
}

function Place({ hold, planId }: { hold: VersionHoldDto; planId: string | undefined }) {
  const { within } = useCustomerScope()
  if (hold.plan === null || hold.plan.id === planId) return placeWords(hold)
  return (
    <>
      <Link href={within(`/firmware/plans/${hold.plan.id}`)} className="text-act hover:underline">
        {hold.plan.name}
      </Link>{' '}
      {placeWords(hold)}
    </>
  )
}

function LiftDialog({ hold, onClose }: { hold: VersionHoldDto; onClose: () => void }) {
  const { id, version, familyLabel, plan, note } = hold
  const lift = useMutation({
    ...planMutations.lift(),
    // Not with the call: with the last hold this part leaves the page, and what was to follow the call with it.
    onSuccess: () => {
      onClose()
      toast.good(`${shortVersion(version)} is no longer held there.`)
    },
  })
  return (
    <ConfirmDialog
      title={`Lift the hold on ${shortVersion(version)}?`}
      effect={`${familyLabel}, ${plan === null ? '' : `${plan.name} `}${placeWords(hold)}: ${shortVersion(version)} is installed again where a plan says so. It was held because: ${note} What is held by now stays held until it is released.`}
      safe="Keep it held"
      act="Lift the hold"
      busy={lift.isPending}
      error={lift.error}
      onClose={onClose}
      onAct={() => lift.mutate(id)}
    />
  )
}
