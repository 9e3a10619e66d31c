'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { setUpInput } from '@/lib/auth/input'
import { ApiError } from '@/lib/queries/client'
import { setUpMutation } from '@/lib/queries/me'
import { NewPasswordField } from './new-password-field'
import { signInWithPassword } from './prove'

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
  const changeTo = (field: FieldName) => (text: string) => {
    setValues({ ...values, [field]: text })
    setWrong(({ [field]: _typedAnew, ...others }) => others)
    if (setUp.error !== null) setUp.reset()
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (setUp.isPending || done) return
    const parsed = setUpInput.safeParse({ token, ...values })
    if (!parsed.success) return setWrong(issuesOf(parsed.error))
    await setUp.mutateAsync(parsed.data)
    setDone(true)
    window.location.assign((await signInWithPassword(parsed.data.email, parsed.data.password)) === null ? '/' : '/signin')
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
            onChange={(event) => changeTo('name')(event.target.value)}
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
            onChange={(event) => changeTo('email')(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField label="Password" value={values.password} onChange={changeTo('password')} error={issues.password} about={[values.name, values.email]} />
      <Button type="submit" variant="primary" busy={setUp.isPending || done}>
        Create the owner and sign in
      </Button>
    </form>
  )
}
