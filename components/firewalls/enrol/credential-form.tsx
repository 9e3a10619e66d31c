'use client'
import { FileKey } from 'lucide-react'
import { useState, type ClipboardEvent, type DragEvent, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { buttonLook, RING_OF_LABEL } from '@/components/ui/button-look'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { cn } from '@/lib/core/cn'
import type { FamilyInfo } from '@/lib/firewalls/dto'
import { credential } from '@/lib/firewalls/input'
import { parseKeyFile } from './apikey-file'
import type { EnteredCredential } from './enrolment'

type CredentialMethod = FamilyInfo['credentialMethods'][number]
type CredentialFormProps = {
  methods: readonly CredentialMethod[]
  submit: string
  busy: boolean
  disabledReason?: string | null
  onSubmit: (entered: EnteredCredential) => void
  children?: ReactNode
}

/** Values live in this form's memory only: no storage, no address, no query cache. Leaving the page forgets them. */
export function CredentialForm({ methods, submit, busy, disabledReason, onSubmit, children }: CredentialFormProps) {
  const [methodName, setMethodName] = useState(methods[0]?.method)
  const [values, setValues] = useState<Record<string, string>>({})
  const [fromFile, setFromFile] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const method = methods.find((each) => each.method === methodName)
  if (!method) return null
  const takesFile = ['key', 'secret'].every((name) => method.fields.some((field) => field.name === name))

  const takeText = (text: string): boolean => {
    const pair = takesFile ? parseKeyFile(text) : null
    if (!pair) return false
    setValues({ key: pair.key, secret: pair.secret })
    setFromFile(true)
    setErrors({})
    return true
  }
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (busy || disabledReason) return
    const parsed = credential.safeParse({ method: method.method, ...Object.fromEntries(method.fields.map(({ name }) => [name, values[name] ?? ''])) })
    setErrors(parsed.success ? {} : Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message])))
    if (parsed.success) onSubmit({ input: parsed.data, methodLabel: method.label, fromFile })
  }
  return (
    <form onSubmit={send} noValidate autoComplete="off" className="flex max-w-xl flex-col gap-3">
      {methods.length > 1 && (
        <Field label="How does Palisade sign in?" help="Choose what is switched on at the firewall.">
          {(id, describedBy) => (
            <SelectInput
              id={id}
              aria-describedby={describedBy}
              value={method.method}
              onChange={(event) => {
                setMethodName(methods.find((each) => each.method === event.target.value)?.method)
                setErrors({})
                setFromFile(false)
              }}
            >
              {methods.map((each) => (
                <option key={each.method} value={each.method}>
                  {each.label}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      <p className="text-text-2">{method.whereMade}</p>
      {takesFile && <KeyFileDrop onText={takeText} taken={fromFile} />}
      {method.fields.map((field) => (
        <Field key={field.name} label={field.label} help={field.help} error={errors[field.name]}>
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              type={field.secret ? 'password' : 'text'}
              aria-describedby={describedBy}
              invalid={invalid}
              mono
              name={`palisade-${field.name}`}
              // `new-password` keeps browsers from offering, and from remembering, a sign-in of Palisade itself.
              autoComplete={field.secret ? 'new-password' : 'off'}
              data-1p-ignore
              value={values[field.name] ?? ''}
              onChange={(event) => {
                setValues((now) => ({ ...now, [field.name]: event.target.value }))
                setFromFile(false)
              }}
              onPaste={(event: ClipboardEvent) => {
                if (takeText(event.clipboardData.getData('text'))) event.preventDefault()
              }}
            />
          )}
        </Field>
      ))}
      <p className="text-xs text-text-3">Sealed when you save; nobody can read it again.</p>
      {children}
      <div>
        <Button variant="primary" type="submit" busy={busy} disabledReason={disabledReason} reasonShown="beside">
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** The downloaded key file, dropped or chosen. It is read here and not uploaded. */
function KeyFileDrop({ onText, taken }: { onText: (text: string) => boolean; taken: boolean }) {
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState(false)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    // A key file has a few hundred bytes; anything large is something else and is not read.
    setRefused(file.size > 10_000 || !onText(await file.text()))
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'flex flex-wrap items-center gap-3 rounded-lg border border-dashed px-3 py-3',
        over ? 'border-act bg-act-soft' : 'border-control bg-sunken',
      )}
    >
      <FileKey aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-2" />
      <span role="status" className={cn('min-w-40 flex-1', refused && !taken ? 'text-bad' : 'text-text-2')}>
        {taken
          ? 'Key and secret were read from the file.'
          : refused
            ? 'No key= and secret= lines were found in it.'
            : 'Drop apikey.txt here, or paste its text into a field. It fills both fields.'}
      </span>
      <label className={cn(buttonLook(), RING_OF_LABEL)}>
        Choose the file
        <input
          type="file"
          accept=".txt,text/plain"
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
    </div>
  )
}
