'use client'
import { useState } from 'react'
import type { AlertDto } from '@/lib/alerts/dto'
import { hear, type Announced } from './heard'

/** Says new critical alerts aloud. Each is an entry of its own: one that is added is said, one that stands there is not again. */
export function NewCritical({ alerts, question }: { alerts: readonly AlertDto[] | undefined; question: string }) {
  const [before, setAnnounced] = useState<Announced | null>(null)
  const announced = alerts === undefined ? before : hear(before, question, alerts)
  if (announced !== before) setAnnounced(announced)
  return (
    <div role="log" aria-label="New critical alerts" aria-live="assertive" aria-relevant="additions" className="sr-only">
      {announced?.told.map(({ id, sentence }) => (
        <p key={id}>New: {sentence}</p>
      ))}
    </div>
  )
}
