import { formatDuration } from '@/lib/format/duration'
import type { FirewallHistory } from '@/lib/history/dto'
import { GAP_WORDS } from './words'

/** Two digits after the point; what is not quite 100 never reads as 100. */
function formatUptime(percent: number): string {
  const shown = Math.floor(percent * 100) / 100
  return `${shown === 100 ? '100' : shown.toFixed(2)} %`
}

/** How much of the time the firewall was reachable, and which time says nothing about that. */
export function UptimeSentence({ uptime: { percent, knownSeconds, reachableSeconds, excluded } }: { uptime: FirewallHistory['uptime'] }) {
  const down = knownSeconds - reachableSeconds
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-lg">
        {percent === null ? (
          'Whether it was reachable is not known.'
        ) : (
          <>
            Reachable <strong className="font-semibold">{formatUptime(percent)}</strong> of the time
            {down > 0 ? `, not for ${formatDuration(down)}.` : '.'}
          </>
        )}
      </p>
      {excluded.length > 0 && (
        <p className="text-xs text-text-2">
          Not counted: {excluded.map(({ reason, seconds }) => `${formatDuration(seconds)} (${GAP_WORDS[reason]})`).join(', ')}.
        </p>
      )}
    </div>
  )
}
