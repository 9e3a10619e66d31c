'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CredentialForm } from '@/components/firewalls/enrol/credential-form'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import type { EnrolmentRowDto } from '@/lib/enrolment/dto'
import type { FamilyInfo } from '@/lib/firewalls/dto'
import type { CredentialInput } from '@/lib/firewalls/input'
import { ApiError } from '@/lib/queries/client'
import { enrolmentMutations } from '@/lib/queries/enrolment'
import { familyQueries } from '@/lib/queries/families'

const draftOf = ({ name, family, baseUrl }: EnrolmentRowDto) => ({ name, family: family ?? '', baseUrl })

/** The methods of the family that is chosen, or of all while it is still to be found. */
function methodsOf(families: readonly FamilyInfo[], family: string): FamilyInfo['credentialMethods'] {
  const all = families.filter((info) => family === '' || info.family === family).flatMap((info) => info.credentialMethods)
  return all.filter((method, at) => all.findIndex((other) => other.method === method.method) === at)
}

/** Changes what a line says. Another address needs the credential again, because it was entered for another machine. */
export function EditRowDialog({ fileId, row, onClose }: { fileId: string; row: EnrolmentRowDto; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(row))
  const [again, setAgain] = useState(false)
  const { data: families = [], error: notRead } = useQuery(familyQueries.list())
  const { mutate, isPending, error } = useMutation(enrolmentMutations.edit())
  const change = (part: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...part }))
  const needed = !row.credentialKept || draft.baseUrl.trim() !== row.baseUrl
  const withCredential = needed || again
  const family = families.find((info) => info.family === draft.family)?.family ?? null
  const save = (credential?: CredentialInput): void => {
    const moved = draft.baseUrl.trim() === row.baseUrl ? {} : { baseUrl: draft.baseUrl }
    mutate({ id: fileId, line: row.line, name: draft.name, family, ...moved, ...(credential && { credential }) }, { onSuccess: onClose })
  }
  const errorOf = (field: string): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={`Change line ${row.line}`}
      description="It is looked at, trusted and tested from the beginning."
    >
      <Field label="Name" error={errorOf('name')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            value={draft.name}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Web address" error={errorOf('baseUrl')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            mono
            value={draft.baseUrl}
            autoComplete="off"
            onChange={(event) => change({ baseUrl: event.target.value })}
          />
        )}
      </Field>
      <Field label="Family">
        {(id) => (
          <SelectInput id={id} value={draft.family} onChange={(event) => change({ family: event.target.value })}>
            <option value="">To be found</option>
            {families.map((info) => (
              <option key={info.family} value={info.family}>
                {info.label}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      {needed ? (
        <p className="text-text-2">
          {row.credentialKept ? 'Another address needs the credential again.' : 'The credential of this line is gone. Enter it again.'}
        </p>
      ) : (
        <Checkbox label="Enter another credential" checked={again} onChange={(event) => setAgain(event.target.checked)} />
      )}
      <ProblemNotice error={error ?? notRead} />
      {withCredential ? (
        families.length > 0 && (
          <CredentialForm
            key={draft.family}
            methods={methodsOf(families, draft.family)}
            submit="Save and try again"
            busy={isPending}
            onSubmit={({ input }) => save(input)}
          />
        )
      ) : (
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button variant="primary" busy={isPending} onClick={() => save()}>
            Save and try again
          </Button>
        </div>
      )}
    </Dialog>
  )
}
