'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { confirmSecondFactorInput, type NewSecondFactorDto } from '@/lib/account/input'
import { accountMutations } from '@/lib/queries/account'
import { ApiError } from '@/lib/queries/client'
import { CodeInput } from './code-input'

/** Modules that stay white around the code, so that cameras find its edge. */
const QUIET = 4
const MISSING = 'Enter the six digits that your authenticator shows.'

type ScanFactorProps = {
  draft: NewSecondFactorDto
  /** The factor is in force; the codes are shown this once. */
  onMade: (recoveryCodes: readonly string[]) => void
  /** The secret has waited too long for its first code. */
  onAnother: () => void
  /** Beside the act: the way out. */
  children?: ReactNode
}

/** A new secret as a picture and as text, and the first code that puts it in force. */
export function ScanFactor({ draft, onMade, onAnother, children }: ScanFactorProps) {
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const confirm = useMutation(accountMutations.confirmSecondFactor())
  const problem = confirm.error instanceof ApiError ? confirm.error : null
  const refused = problem?.issueOf('code')

  const send = (text: string): void => {
    if (confirm.isPending) return
    const parsed = confirmSecondFactorInput.safeParse({ code: text })
    if (!parsed.success) return setMissing(true)
    confirm.mutate(parsed.data, { onSuccess: ({ codes }) => onMade(codes), onError: () => setCode('') })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send(code)
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-text-2">Open your authenticator, add an account and point the camera at this picture. Then enter the six digits that it shows.</p>
      <div className="flex flex-col gap-3">
        <QrCode qr={draft.qr} />
        <Secret draft={draft} />
      </div>
      {refused === undefined && <ProblemNotice error={confirm.error} />}
      {problem?.code === 'conflict' && (
        <div>
          <Button onClick={onAnother}>Show a new picture</Button>
        </div>
      )}
      <Field label="Code from your authenticator" error={missing ? MISSING : refused && `${refused} ${problem?.nextStep ?? ''}`}>
        {(id, describedBy, invalid) => (
          <CodeInput
            id={id}
            describedBy={describedBy}
            invalid={invalid}
            value={code}
            onChange={(text) => {
              setCode(text)
              setMissing(false)
            }}
            onComplete={send}
            autoFocus
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-end gap-2">
        {children}
        <Button type="submit" variant="primary" busy={confirm.isPending}>
          Check the code
        </Button>
      </div>
    </form>
  )
}

/** Black on white in both themes: cameras want the contrast. */
function QrCode({ qr: { size, path } }: { qr: NewSecondFactorDto['qr'] }) {
  const side = size + 2 * QUIET
  return (
    <svg
      role="img"
      aria-label="The secret as a picture for the camera of your authenticator"
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="keeps-shape size-48 self-center rounded-lg border border-line"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}

function Secret({ draft: { secret, uri } }: { draft: NewSecondFactorDto }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-xs text-text-3">Without a camera, type or copy the secret:</p>
      <div className="flex items-center justify-between gap-2 rounded-md border border-line bg-sunken py-2 pr-2 pl-3">
        <code aria-label="Secret" className="min-w-0 font-mono text-xs text-balance break-words">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </code>
        <CopyButton text={secret} label="Copy the secret" variant="quiet" iconOnly />
      </div>
      {/^otpauth:\/\//.test(uri) && (
        <a href={uri} className="w-fit text-xs text-act hover:underline max-md:py-3">
          Or open it in an authenticator on this device
        </a>
      )}
    </div>
  )
}
