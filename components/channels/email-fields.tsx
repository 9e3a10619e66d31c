'use client'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import type { ChannelDto } from '@/lib/channels/input'
import type { Change, Draft, Wrong } from './draft'
import { PORTS } from './draft'
import { MailTrust } from './mail-trust'

const SECURITIES = { starttls: 'STARTTLS, mostly port 587', tls: 'TLS, mostly port 465', none: 'None, in clear' } as const
const isSecurity = (text: string): text is Draft['security'] => Object.hasOwn(SECURITIES, text)

/** The mail server, how it proves itself, and who gets mail. */
export function EmailFields({ draft, change, wrong, channel }: { draft: Draft; change: Change; wrong: Wrong; channel: ChannelDto | null }) {
  const isOld = (security: Draft['security']): boolean => draft.port === PORTS[security]
  return (
    <>
      <div className="flex gap-3 max-md:flex-col">
        <Field label="Mail server" help="Its name or address." error={wrong['target.host']} className="flex-1">
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              value={draft.host}
              onChange={(event) => change({ host: event.target.value, pin: null })}
              placeholder="mail.example.com"
            />
          )}
        </Field>
        <Field label="Port" error={wrong['target.port']} className="w-24">
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              inputMode="numeric"
              value={draft.port}
              onChange={(event) => change({ port: event.target.value, pin: null })}
            />
          )}
        </Field>
      </div>
      <Field
        label="Encryption"
        error={wrong['target.security']}
        help={draft.security === 'none' ? 'Only to a private address, without user and password.' : 'Without TLS nothing is said to the server.'}
      >
        {(id, describedBy, invalid) => (
          <SelectInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            value={draft.security}
            onChange={({ target: { value } }) =>
              isSecurity(value) && change({ security: value, pin: null, ...(isOld(draft.security) && { port: PORTS[value] }) })
            }
          >
            {Object.entries(SECURITIES).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      {draft.security !== 'none' && <MailTrust draft={draft} change={change} security={draft.security} />}
      <div className="flex gap-3 max-md:flex-col">
        <Field label="User" help="Empty where the server asks for none." error={wrong['target.user']} className="flex-1">
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              autoComplete="off"
              value={draft.user}
              onChange={(event) => change({ user: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Password"
          help={channel?.hasSecret ? 'One is stored. Enter another to change it.' : 'Sealed when you save; nobody can read it again.'}
          error={wrong['target.password']}
          className="flex-1"
        >
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              type="password"
              aria-describedby={describedBy}
              invalid={invalid}
              autoComplete="new-password"
              value={draft.password}
              onChange={(event) => change({ password: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="From" help="The address that the server lets Palisade send from." error={wrong['target.from']}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            type="email"
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            value={draft.from}
            onChange={(event) => change({ from: event.target.value })}
            placeholder="palisade@example.com"
          />
        )}
      </Field>
      <Field label="To" help="One address a line, up to 50." error={wrong['target.to']}>
        {(id, describedBy, invalid) => (
          <textarea
            id={id}
            rows={3}
            spellCheck={false}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            value={draft.to}
            onChange={(event) => change({ to: event.target.value })}
            className="w-full min-w-0 rounded-md border border-control bg-surface px-2.5 py-1.5 text-sm text-text aria-invalid:border-bad-mark max-md:text-base"
          />
        )}
      </Field>
    </>
  )
}
