'use client'
import { useQuery } from '@tanstack/react-query'
import { OctagonPause } from 'lucide-react'
import { arriving } from '@/components/ui/arriving'
import { rolloutQueries } from '@/lib/queries/rollout'

const StopInForce = arriving(() => import('./stop-in-force').then((module) => module.StopInForce))

/** On every page while all firmware work is stopped. */
export function StopBanner() {
  const { data } = useQuery(rolloutQueries.stop())
  if (!data?.stop) return null
  return (
    <section aria-label="Emergency stop" className="flex items-start gap-3 border-b border-line-2 bg-you-soft px-5 py-2.5 max-md:px-4 print:hidden">
      <OctagonPause aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-you-mark" />
      <StopInForce stop={data} />
    </section>
  )
}
