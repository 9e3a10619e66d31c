'use client'
import { Layers } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { TONE_MARK } from '@/components/ui/tone'
import { Age } from '@/components/ui/age'
import { cn } from '@/lib/core/cn'
import { EFFECTS_NAMED_MAX, type AlertDetail } from '@/lib/alerts/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import { KIND_ICONS, toneOf } from './alert-looks'
import { effectsByKind } from './alert-words'

/** What follows from an alert: counted, told to nobody, and shown when somebody asks. */
export function AlertEffects({ alert: { effectAlerts, effects, state } }: { alert: Pick<AlertDetail, 'effectAlerts' | 'effects' | 'state'> }) {
  const [open, setOpen] = useState(false)
  if (effects === 0) return null
  return (
    <section aria-label="What follows from it" className="rounded-lg border border-line bg-sunken">
      <div className="flex items-start gap-3 px-4 py-3">
        <Layers aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-text-2" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            {plural(effects, 'finding')} {effects === 1 ? 'is' : 'are'} folded into this one and told nobody
          </p>
          <p className="text-xs text-text-2">
            {effectsByKind(effectAlerts)}. {state === 'resolved' ? 'What still holds opens by itself.' : 'When this is over, what still holds opens by itself.'}
          </p>
        </div>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="shrink-0 text-act hover:underline max-md:min-h-11">
          {open ? 'Hide them' : 'Show them'}
        </button>
      </div>
      {open && (
        <ul className="border-t border-line">
          {effectAlerts.map((effect) => {
            const Icon = KIND_ICONS[effect.kind]
            return (
              <li key={effect.id} className="flex min-h-9 items-center gap-3 border-b border-line px-4 last:border-0 max-md:min-h-11">
                <Icon aria-hidden size={14} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[toneOf(effect)])} />
                <Link href={`/firewalls/${effect.firewall.id}`} className="min-w-0 flex-1 truncate hover:underline">
                  {effect.sentence}
                </Link>
                <span className="shrink-0 text-xs">
                  since <Age at={effect.since} className="text-inherit" />
                </span>
              </li>
            )
          })}
          {effects > EFFECTS_NAMED_MAX && <li className="px-4 py-2 text-xs text-text-2">The worst {formatCount(EFFECTS_NAMED_MAX)} of {formatCount(effects)}.</li>}
        </ul>
      )}
    </section>
  )
}
