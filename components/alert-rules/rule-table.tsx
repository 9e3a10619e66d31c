'use client'
import Link from 'next/link'
import { KIND_ICONS } from '@/components/alerts/alert-looks'
import { scoped } from '@/components/layout/scope-address'
import { Button } from '@/components/ui/button'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { AlertRuleDto } from '@/lib/alert-rules/input'
import { cn } from '@/lib/core/cn'
import { isDecided, ruleWords } from './rule-words'

type RuleTableProps = { rules: readonly AlertRuleDto[]; ofCustomer: boolean; /** Why nothing can be changed; null when it can. */ reason: string | null; onEdit: (kind: AlertRuleDto['kind']) => void }

/** All kinds: what holds above beside what is decided here. */
export function RuleTable({ rules, ofCustomer, reason, onEdit }: RuleTableProps) {
  return (
    <Table caption="Alert rules">
      <TableHead>
        <TableRow>
          <TableHeader>Kind</TableHeader>
          <TableHeader className="max-md:hidden">{ofCustomer ? 'At all firewalls' : 'Default'}</TableHeader>
          <TableHeader>{ofCustomer ? 'Here' : 'At all firewalls'}</TableHeader>
          {!ofCustomer && <TableHeader className="max-md:hidden">Decided otherwise by</TableHeader>}
          <TableHeader>
            <span className="sr-only">Acts</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rules.map((rule) => {
          const Icon = KIND_ICONS[rule.kind]
          const decided = isDecided(rule)
          return (
            <TableRow key={rule.kind} className="h-10">
              <TableCell className="md:whitespace-nowrap">
                <span className="inline-flex items-center gap-2 align-middle font-medium">
                  <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-2" />
                  {rule.title}
                </span>
              </TableCell>
              <TableCell className={cn('whitespace-nowrap max-md:hidden', decided ? 'text-text-3' : 'text-text-2')}>{ruleWords(rule, rule.inherited)}</TableCell>
              <TableCell className={cn('md:whitespace-nowrap', decided ? 'font-medium' : 'text-text-3')}>
                {decided ? (
                  ruleWords(rule, rule.effective)
                ) : (
                  <>
                    <span className="max-md:hidden">the same</span>
                    <span className="md:hidden">{ruleWords(rule, rule.effective)}</span>
                  </>
                )}
              </TableCell>
              {!ofCustomer && (
                <TableCell className="max-md:hidden">
                  <Customers customers={rule.customers} />
                </TableCell>
              )}
              <TableCell align="right">
                <Button size="sm" disabledReason={reason} aria-label={`Decide about ${rule.title}`} onClick={() => onEdit(rule.kind)}>
                  Decide
                </Button>
              </TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

const SHOWN = 3

function Customers({ customers }: { customers: AlertRuleDto['customers'] }) {
  if (customers.length === 0) return <span className="text-text-3">nobody</span>
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {customers.slice(0, SHOWN).map(({ id, name }) => (
        <Link key={id} href={scoped('/settings/alert-rules', id)} className="text-act hover:underline">
          {name}
        </Link>
      ))}
      {customers.length > SHOWN && <span className="text-text-2" title={customers.slice(SHOWN).map(({ name }) => name).join(', ')}>and {customers.length - SHOWN} more</span>}
    </span>
  )
}
