'use client'
import { useMutation } from '@tanstack/react-query'
import { signIn } from 'next-auth/react'
import { useState, type FormEvent } from 'react'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { PASSWORD_LENGTH_MIN, setUpInput } from '@/lib/auth/input'
import { ApiError } from '@/lib/queries/client'
import { setUpMutation } from '@/lib/queries/me'
import { PasswordInput } from './password-input'

const FIELDS = ['name', 'email', 'password'] as const
type FieldName = (typeof FIELDS)[number]
type Issues = Partial<Record<FieldName, string>>

const issuesOf = (error: z.ZodError): Issues =>
  Object.fromEntries(error.issues.flatMap((issue) => FIELDS.filter((field) => issue.path[0] === field).map((field) => [field, issue.message])).reverse())
const serverIssues = (error: unknown): Issues =>
  error instanceof ApiError ? Object.fromEntries(FIELDS.flatMap((field) => (error.issueOf(field) === undefined ? [] : [[field, error.issueOf(field)]]))) : {}

/** The first owner, made with the one-time link that the console printed. */
export function SetUpForm({ token }: { token: string }) {
  const [values, setValues] = useState<Record<FieldName, string>>({ name: '', email: '', password: '' })
  const [wrong, setWrong] = useState<Issues>({})
  const [done, setDone] = useState(false)
  const setUp = useMutation(setUpMutation())
  const refused = serverIssues(setUp.error)
  const issues = { ...refused, ...wrong }
  const change = (field: FieldName) => (event: { target: { value: string } }) => {
    setValues({ ...values, [field]: event.target.value })
    // Left out and not undefined, which would hide what the server says of the same field.
    setWrong(({ [field]: _typedAnew, ...others }) => others)
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (setUp.isPending || done) return
    const parsed = setUpInput.safeParse({ token, ...values })
    if (!parsed.success) return setWrong(issuesOf(parsed.error))
    await setUp.mutateAsync(parsed.data)
    setDone(true)
    const result = await signIn('credentials', { email: parsed.data.email, password: parsed.data.password, redirect: false }).catch(() => undefined)
    window.location.assign(result?.ok === true ? '/firewalls' : '/signin')
  }

  return (
    // A refusal stands in the notice below; nothing is left to do with the rejection.
    <form method="post" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)} className="flex flex-col gap-4">
      {Object.keys(refused).length === 0 && <ProblemNotice error={setUp.error} />}
      <Field label="Your name" help="As it stands in the audit." error={issues.name}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            name="name"
            autoComplete="name"
            value={values.name}
            onChange={change('name')}
            autoFocus
          />
        )}
      </Field>
      <Field label="E-mail address" help="You sign in with it." error={issues.email}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            name="email"
            type="email"
            autoComplete="username"
            value={values.email}
            onChange={change('email')}
          />
        )}
      </Field>
      <Field label="Password" help={`At least ${PASSWORD_LENGTH_MIN} characters; a few words in a row are good.`} error={issues.password}>
        {(id, describedBy, invalid) => (
          <PasswordInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            name="password"
            autoComplete="new-password"
            value={values.password}
            onChange={change('password')}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={setUp.isPending || done}>
        Create the owner and sign in
      </Button>
    </form>
  )
}
