'use client'
import { Field, SelectInput } from '@/components/ui/field'
import { TextField } from '@/components/ui/text-field'
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
        <TextField
          label="Mail server"
          help="Its name or address."
          error={wrong['target.host']}
          className="flex-1"
          value={draft.host}
          onChange={(text) => change({ host: text, pin: null })}
          placeholder="mail.example.com"
        />
        <TextField
          label="Port"
          error={wrong['target.port']}
          className="w-24"
          inputMode="numeric"
          value={draft.port}
          onChange={(text) => change({ port: text, pin: null })}
        />
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
        <TextField
          label="User"
          help="Empty where the server asks for none."
          error={wrong['target.user']}
          className="flex-1"
          autoComplete="off"
          value={draft.user}
          onChange={(text) => change({ user: text })}
        />
        <TextField
          label="Password"
          help={channel?.hasSecret ? 'One is stored. Enter another to change it.' : 'Sealed when you save; nobody can read it again.'}
          error={wrong['target.password']}
          className="flex-1"
          type="password"
          autoComplete="new-password"
          value={draft.password}
          onChange={(text) => change({ password: text })}
        />
      </div>
      <TextField
        label="From"
        help="The address that the server lets Palisade send from."
        error={wrong['target.from']}
        type="email"
        autoComplete="off"
        value={draft.from}
        onChange={(text) => change({ from: text })}
        placeholder="palisade@example.com"
      />
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
