'use client'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { Button } from '@/components/ui/button'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { ruleOf } from '@/lib/alerts/rules'
import { roleMay } from '@/lib/auth/roles'
import { formatDateTime, formatExact } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import { useMe } from '@/lib/queries/use-me'
import type { SilenceDto } from '@/lib/silences/input'

/** What a silence covers, the narrowest name first. */
export function placeWords({ customer, site, firewall, kind }: Pick<SilenceDto, 'customer' | 'site' | 'firewall' | 'kind'>): string {
  const place = [firewall?.name, site?.name, customer?.name].filter((name) => name !== undefined).join(', ')
  return `${kind === null ? 'Everything' : `“${ruleOf(kind).title}”`} ${place === '' ? 'of all customers' : `at ${place}`}`
}

/** Silences of one time. `onEnd` null: they are over. */
export function SilenceTable({ silences, onEnd }: { silences: readonly SilenceDto[]; onEnd: ((silence: SilenceDto) => void) | null }) {
  const me = useMe()
  const reasonOf = ({ customer }: SilenceDto): string | null => {
    if (me === undefined) return null
    if (customer !== null) return reasonWithout(roleAt(me, customer.id), 'alert:act')
    return me.scopes.some((scope) => scope.customerId === null && roleMay(scope.role, 'alert:act')) ? null : 'This needs an operator of all customers.'
  }
  return (
    <Table caption="Silences">
      <TableHead>
        <TableRow>
          <TableHeader>What</TableHeader>
          <TableHeader className="max-md:hidden">From</TableHeader>
          <TableHeader>Until</TableHeader>
          <TableHeader className="max-md:hidden">Why</TableHeader>
          <TableHeader className="max-lg:hidden">By</TableHeader>
          <TableHeader align="right" className="max-md:hidden">Open under it</TableHeader>
          {onEnd && (
            <TableHeader>
              <span className="sr-only">Acts</span>
            </TableHeader>
          )}
        </TableRow>
      </TableHead>
      <TableBody>
        {silences.map((silence) => (
          <TableRow key={silence.id}>
            <TableCell>
              <p className="font-medium">{placeWords(silence)}</p>
              <p className="text-xs text-text-2 md:hidden">{silence.note}</p>
            </TableCell>
            <TableCell className="whitespace-nowrap text-text-2 max-md:hidden" title={formatExact(silence.startsAt)}>
              {formatDateTime(silence.startsAt)}
            </TableCell>
            <TableCell className="text-text-2 md:whitespace-nowrap" title={formatExact(silence.endsAt)}>
              {formatDateTime(silence.endsAt)}
              {silence.endedEarly && ', ended early'}
            </TableCell>
            <TableCell className="min-w-48 break-words text-text-2 max-md:hidden">{silence.note}</TableCell>
            <TableCell className="text-text-2 max-lg:hidden">{silence.createdBy}</TableCell>
            <TableCell align="right" className="max-md:hidden">{silence.alerts === 0 ? 'none' : plural(silence.alerts, 'alert')}</TableCell>
            {onEnd && (
              <TableCell align="right">
                <Button size="sm" disabledReason={reasonOf(silence)} onClick={() => onEnd(silence)}>
                  End it
                </Button>
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
