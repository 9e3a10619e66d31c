'use client'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Family } from '@/lib/adapters/model'
import { versionRange } from '@/lib/format/versions'
import { familyQueries } from '@/lib/queries/families'

/** Asked only when the firewall did not tell, or when a person knows better. */
export function FamilyStep({
  found,
  note,
  onChosen,
}: {
  /** Whether the firewall told its family, and a person changes it. */ found: boolean
  note: string
  onChosen: (family: Family) => void
}) {
  const { data, error, refetch } = useQuery(familyQueries.list())
  const [chosen, setChosen] = useState<Family | null>(null)
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (chosen === null) setMissing(true)
    else onChosen(chosen)
  }
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={3} columns={2} />
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {note !== '' && <p className="text-text-2">{note}</p>}
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-xs font-medium text-text-2">{found ? 'Which is it?' : 'We could not tell. Which is it?'}</legend>
        {data.map(({ family, label, testedVersions }) => (
          <label key={family} className="flex min-h-8 items-center gap-2 max-md:min-h-11">
            <input type="radio" name="family" checked={chosen === family} onChange={() => setChosen(family)} className="size-4 accent-act-fill" />
            {label} <span className="text-text-3">{versionRange(testedVersions)}</span>
          </label>
        ))}
      </fieldset>
      {missing && chosen === null && <p className="text-xs text-bad">Choose one to go on.</p>}
      <div>
        <Button variant="primary" type="submit">
          Go on with this family
        </Button>
      </div>
    </form>
  )
}
