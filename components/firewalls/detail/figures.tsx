import { NotReported } from '@/components/ui/facts'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount } from '@/lib/format/numbers'

/** What a firewall does not tell is said, never shown as 0 or a blank. */
const orNotReported = (render: (value: number) => string) =>
  function Figure({ value }: { value: number | null }) {
    return value === null ? <NotReported /> : <>{render(value)}</>
  }

export const Bytes = orNotReported(formatBytes)
export const Count = orNotReported(formatCount)

/** In narrow columns a dash stands for it; the head or a note says what the dash means, and it is spoken in full. */
export function Dash() {
  return (
    <span className="text-text-3" title="Not reported by this firewall">
      <span aria-hidden>–</span>
      <span className="sr-only">not reported</span>
    </span>
  )
}
export function DashOr({ value, format = formatCount }: { value: number | null; format?: (value: number) => string }) {
  return value === null ? <Dash /> : <>{format(value)}</>
}

export function TextOr({ value, mono = false }: { value: string | null; mono?: boolean }) {
  if (value === null || value === '') return <Dash />
  return (
    <span className={mono ? 'font-mono text-xs' : undefined} title={value}>
      {value}
    </span>
  )
}

export function YesNo({ value }: { value: boolean | null }) {
  return value === null ? <NotReported /> : <>{value ? 'yes' : 'no'}</>
}
