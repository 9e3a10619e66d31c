'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { changeNameInput, type AccountDto } from '@/lib/account/input'
import { accountMutations } from '@/lib/queries/account'
import { ApiError } from '@/lib/queries/client'

/** The address is the account, so it is shown and not changed here. */
export function NameForm({ account }: { account: AccountDto }) {
  const [name, setName] = useState(account.name)
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutateAsync, isPending, error } = useMutation(accountMutations.changeName())
  const refused = error instanceof ApiError ? error.issueOf('name') : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const parsed = changeNameInput.safeParse({ name })
    if (!parsed.success) return setWrong(parsed.error.issues[0]?.message ?? 'Not a name.')
    // A promise, because the form begins anew with the new name before the call's own callbacks would run.
    mutateAsync(parsed.data).then(
      () => toast.good('Your name is saved.'),
      () => undefined,
    )
  }
  return (
    <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <Field label="Name" error={wrong ?? refused}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            name="name"
            autoComplete="name"
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              setWrong(null)
            }}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <p className="text-xs font-medium text-text-2">E-mail address</p>
        <p className="break-words">{account.email}</p>
        <p className="text-xs text-text-3">You sign in with it. Another address is another operator: ask an admin to invite it.</p>
      </div>
      {refused === undefined && <ProblemNotice error={error} />}
      <div>
        <Button type="submit" busy={isPending} disabledReason={name.trim() === account.name ? 'This is your name now.' : null}>
          Save the name
        </Button>
      </div>
    </form>
  )
}
