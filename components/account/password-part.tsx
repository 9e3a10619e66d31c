'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { NewPasswordField } from '@/components/auth/new-password-field'
import { PasswordInput } from '@/components/auth/password-input'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { changePasswordInput, type AccountDto } from '@/lib/account/input'
import { accountMutations } from '@/lib/queries/account'
import { ApiError } from '@/lib/queries/client'

/** When it was changed, and the form once someone wants it. */
export function PasswordPart({ account }: { account: AccountDto }) {
  const [open, setOpen] = useState(false)
  if (open) return <PasswordForm account={account} onDone={() => setOpen(false)} />
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <p className="text-text-2">
        {account.passwordChangedAt === null ? (
          'It is the one you began with.'
        ) : (
          <>
            Changed <Age at={account.passwordChangedAt} className="text-inherit" />.
          </>
        )}
      </p>
      <Button onClick={() => setOpen(true)}>Change the password</Button>
    </div>
  )
}

type Wrong = { currentPassword?: string | undefined; password?: string | undefined }

function PasswordForm({ account, onDone }: { account: AccountDto; onDone: () => void }) {
  const [currentPassword, setCurrentPassword] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const { mutate, isPending, error, reset } = useMutation(accountMutations.changePassword())
  const issue = (field: keyof Wrong): string | undefined => wrong[field] ?? (error instanceof ApiError ? error.issueOf(field) : undefined)
  const touch = (field: keyof Wrong): void => {
    setWrong({ ...wrong, [field]: undefined })
    if (error !== null) reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const parsed = changePasswordInput.safeParse({ currentPassword, password })
    const message = (field: keyof Wrong): string | undefined => parsed.error?.issues.find(({ path }) => path[0] === field)?.message
    setWrong({ currentPassword: currentPassword === '' ? 'Enter the password that you have now.' : undefined, password: message('password') })
    if (!parsed.success) return
    mutate(parsed.data, {
      onSuccess: () => {
        toast.good('Your password is changed. Your other sessions have ended.')
        onDone()
      },
    })
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <input type="text" name="email" autoComplete="username" value={account.email} readOnly hidden />
      <Field label="Password now" error={issue('currentPassword')}>
        {(id, describedBy, invalid) => (
          <PasswordInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            name="current-password"
            autoComplete="current-password"
            autoFocus
            value={currentPassword}
            onChange={(event) => {
              setCurrentPassword(event.target.value)
              touch('currentPassword')
            }}
          />
        )}
      </Field>
      <NewPasswordField
        label="New password"
        value={password}
        onChange={(text) => {
          setPassword(text)
          touch('password')
        }}
        error={issue('password')}
        about={[account.email, account.name]}
      />
      {issue('currentPassword') === undefined && issue('password') === undefined && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={isPending}>
          Change the password
        </Button>
        <Button onClick={onDone}>Keep it</Button>
      </div>
    </form>
  )
}
