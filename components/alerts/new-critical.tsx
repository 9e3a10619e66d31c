'use client'
import { useState } from 'react'
import type { AlertDto } from '@/lib/alerts/dto'

type Seen = { ids: ReadonlySet<string> | null; said: string }

/** Says new critical alerts aloud; what was there when the page opened is not new. */
export function NewCritical({ alerts }: { alerts: readonly AlertDto[] | undefined }) {
  const [{ ids, said }, setSeen] = useState<Seen>({ ids: null, said: '' })
  const critical = alerts?.filter(({ severity, state }) => severity === 'critical' && state === 'open') ?? []
  if (alerts !== undefined && (ids === null || critical.some(({ id }) => !ids.has(id)))) {
    const fresh = ids === null ? [] : critical.filter(({ id }) => !ids.has(id))
    setSeen({ ids: new Set([...(ids ?? []), ...critical.map(({ id }) => id)]), said: fresh.length > 0 ? `New: ${fresh.map(({ sentence }) => sentence).join(' ')}` : said })
  }
  return (
    <p role="status" aria-live="assertive" className="sr-only">
      {said}
    </p>
  )
}
