import type { RuleEndpoint } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import { formatShort } from '@/lib/format/numbers'

/** Who is meant: addresses mono, names with a dotted line where they stand for a list. `entries` = addresses behind the alias, where known. */
export function Endpoint({ endpoint: { not, address, kind }, entries }: { endpoint: RuleEndpoint; entries?: number | undefined }) {
  return (
    <span className="font-mono text-xs" title={not ? `not ${address}` : address}>
      {not && <span className="font-sans font-semibold">not </span>}
      <span className={cn(kind === 'any' && 'text-text-3', kind === 'alias' && 'border-b border-dotted border-text-3')}>
        {address}
        {kind === 'alias' && entries !== undefined && <span className="text-text-3"> {formatShort(entries)}</span>}
      </span>
    </span>
  )
}

export function Port({ port }: { port: string | null }) {
  return <span className={cn('font-mono text-xs', port === null && 'text-text-3')}>{port ?? 'any'}</span>
}
