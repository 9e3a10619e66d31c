'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { ApiError } from '@/lib/queries/client'
import { joinMutations } from '@/lib/queries/join'
import { useLinkInput as followLinkInput, type LinkDto } from '@/lib/team/input'
import { NewPasswordField } from './new-password-field'
import { signInWithPassword } from './prove'

type Wrong = { name?: string | undefined; password?: string | undefined }

/** Name and password of who joins, or the new password alone. Signs in by itself; a second factor comes after that. */
export function JoinForm({ token, link }: { token: string; link: LinkDto }) {
  const joins = link.purpose === 'join'
  const [name, setName] = useState(link.name)
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const [done, setDone] = useState(false)
  const follow = useMutation(joinMutations.follow())
  const refused = follow.error instanceof ApiError ? { name: follow.error.issueOf('name'), password: follow.error.issueOf('password') } : {}
  const nameError = wrong.name ?? refused.name
  const passwordError = wrong.password ?? refused.password

  const touch = (field: keyof Wrong): void => {
    setWrong({ ...wrong, [field]: undefined })
    if (follow.error !== null) follow.reset()
  }

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (follow.isPending || done) return
    const parsed = followLinkInput.safeParse({ token, ...(joins && { name }), password })
    if (!parsed.success) {
      const issue = (field: keyof Wrong): string | undefined => parsed.error.issues.find(({ path }) => path[0] === field)?.message
      return setWrong({ name: issue('name'), password: issue('password') })
    }
    const { email } = await follow.mutateAsync(parsed.data)
    setDone(true)
    // A full load: the address alone decides what comes next, the second factor where one is owed.
    window.location.assign((await signInWithPassword(email, password)) === null ? '/' : '/signin')
  }

  return (
    // A refusal stands in the notice below; nothing is left to do with the rejection.
    <form method="post" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)} className="flex flex-col gap-4">
      {nameError === undefined && passwordError === undefined && <ProblemNotice error={follow.error} />}
      <input type="text" name="email" autoComplete="username" value={link.email} readOnly hidden />
      {joins && (
        <Field label="Your name" help="As it stands in the audit." error={nameError}>
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
                touch('name')
              }}
            />
          )}
        </Field>
      )}
      <NewPasswordField
        label={joins ? 'Password' : 'New password'}
        value={password}
        onChange={(text) => {
          setPassword(text)
          touch('password')
        }}
        error={passwordError}
        about={[link.email, name]}
        autoFocus
      />
      <p className="text-xs text-text-3">
        {joins ? 'You sign in with your e-mail address and this password.' : 'All your sessions end. Your second factor stays as it is.'}
      </p>
      <Button type="submit" variant="primary" busy={follow.isPending || done}>
        {joins ? 'Join and sign in' : 'Set the password and sign in'}
      </Button>
    </form>
  )
}
