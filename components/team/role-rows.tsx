'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { SelectInput } from '@/components/ui/field'
import type { MeDto } from '@/lib/auth/input'
import { ROLES, type Role } from '@/lib/auth/roles'
import { customerQueries } from '@/lib/queries/customers'
import { reasonNotToGive, ROLE_MEANS, ROLE_WORDS } from './grant-words'
import { ALL_CUSTOMERS, newRow, placeOf, type RoleRow } from './role-draft'

type RoleRowsProps = {
  me: MeDto
  rows: readonly RoleRow[]
  onChange: (rows: RoleRow[]) => void
  /** Names of customers that the list of customers may lack. */
  names: ReadonlyMap<string, string>
  error: string | null
  /** Where a heading says it already. */ legendHidden?: boolean
}

/** A role and where it holds, one a line. What this person may not give is there, with the reason, and cannot be chosen. */
export function RoleRows({ me, rows, onChange, names, error, legendHidden = false }: RoleRowsProps) {
  const errorId = useId()
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  const known = new Set(customers.map(({ id }) => id))
  const choices = [...customers, ...[...names].filter(([id]) => !known.has(id)).map(([id, name]) => ({ id, name }))]
  const change = (key: number, part: Partial<RoleRow>): void => onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <fieldset aria-describedby={error === null ? undefined : errorId} className="flex min-w-0 flex-col gap-3">
      <legend className={legendHidden ? 'sr-only' : 'mb-1 text-xs font-medium text-text-2'}>Roles</legend>
      {rows.map((row, index) => {
        const locked = row.stored ? reasonNotToGive(me, row.role, placeOf(row)) : null
        return (
          <div key={row.key} className="flex flex-col gap-1">
            <div className="flex items-center gap-2">
              <RoleSelect
                me={me}
                row={row}
                number={index + 1}
                locked={locked !== null}
                onChange={(role) => change(row.key, role === 'owner' ? { role, place: ALL_CUSTOMERS } : { role })}
              />
              <span aria-hidden className="text-text-3">
                of
              </span>
              <SelectInput
                aria-label={`Customer of role ${index + 1}`}
                value={row.place}
                disabled={locked !== null}
                onChange={(event) => change(row.key, { place: event.target.value })}
                className="flex-1"
              >
                <option value="" disabled>
                  Choose a customer
                </option>
                <PlaceOption me={me} role={row.role} place={null} label="All customers" />
                {choices.map(({ id, name }) => (
                  <PlaceOption key={id} me={me} role={row.role} place={id} label={name} />
                ))}
              </SelectInput>
              <Button
                variant="quiet"
                shape="icon"
                icon={Trash2}
                aria-label={`Take role ${index + 1} away`}
                disabledReason={locked}
                onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
                className="text-text-3"
              />
            </div>
            <p className="text-xs text-text-3">{locked ?? ROLE_MEANS[row.role]}</p>
          </div>
        )
      })}
      {error !== null && (
        <p id={errorId} className="text-xs text-bad">
          {error}
        </p>
      )}
      <div>
        <Button size="sm" icon={Plus} onClick={() => onChange([...rows, newRow(me, rows)])}>
          Add a role
        </Button>
      </div>
    </fieldset>
  )
}

function RoleSelect({ me, row, number, locked, onChange }: { me: MeDto; row: RoleRow; number: number; locked: boolean; onChange: (role: Role) => void }) {
  return (
    <SelectInput
      aria-label={`Role ${number}`}
      value={row.role}
      disabled={locked}
      onChange={(event) => {
        const role = ROLES.find((each) => each === event.target.value)
        if (role) onChange(role)
      }}
      className="w-32 shrink-0"
    >
      {ROLES.map((role) => {
        // An owner has all customers, so choosing it moves the row there.
        const reason = row.place === '' && role !== 'owner' ? null : reasonNotToGive(me, role, role === 'owner' ? null : placeOf(row))
        return (
          <option key={role} value={role} disabled={reason !== null} title={reason ?? undefined}>
            {reason === null || role === row.role ? ROLE_WORDS[role] : `${ROLE_WORDS[role]}: ${reason}`}
          </option>
        )
      })}
    </SelectInput>
  )
}

function PlaceOption({ me, role, place, label }: { me: MeDto; role: Role; place: string | null; label: string }) {
  const reason = reasonNotToGive(me, role, place)
  return (
    <option value={place ?? ALL_CUSTOMERS} disabled={reason !== null}>
      {reason === null ? label : `${label}: ${reason}`}
    </option>
  )
}
