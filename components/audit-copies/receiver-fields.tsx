'use client'
import { useMutation } from '@tanstack/react-query'
import { RadioChoice } from '@/components/settings/radio-choice'
import { answerTo } from '@/components/ui/answer-to'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { copyTarget } from '@/lib/audit-copies/input'
import { formatMs } from '@/lib/format/numbers'
import { auditCopyMutations } from '@/lib/queries/audit-copies'
import { filled, type CopyDraft, type DraftField } from './copy-draft'
import { ReceiverTrust } from './receiver-trust'

const MODES = [
  {
    value: 'pin',
    label: 'TLS, exactly one certificate',
    help: 'You look at it, compare it at the receiver and trust it. When it is renewed, the copy stops until you look again.',
  },
  { value: 'public-ca', label: 'TLS, a public authority', help: 'The receiver shows a certificate for its name that browsers accept too.' },
  { value: 'plain', label: 'TCP without TLS', help: 'Whoever stands between can read and change what goes there.' },
] as const

type FieldsProps = { draft: CopyDraft; wrong: Partial<Record<DraftField, string>>; onChange: (part: Partial<CopyDraft>) => void }

/** Where the receiver is, how it is trusted, and a test message. */
export function ReceiverFields({ draft, wrong, onChange }: FieldsProps) {
  return (
    <>
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          label="Receiver"
          help="Its name or address. Private addresses are fine."
          error={wrong.host}
          className="min-w-52 flex-1"
          autoComplete="off"
          value={draft.host}
          onChange={(text) => onChange({ host: text.trim(), sha256: null })}
        />
        <TextField
          label="Port"
          help="6514 for TLS."
          error={wrong.port}
          className="w-28"
          inputMode="numeric"
          autoComplete="off"
          value={draft.port}
          onChange={(text) => onChange({ port: text.trim(), sha256: null })}
        />
      </div>
      <RadioChoice legend="How it is trusted" value={draft.mode} choices={MODES} onChange={(mode) => onChange({ mode })} />
      {draft.mode === 'pin' && <ReceiverTrust draft={draft} error={wrong.security} onTrusted={(sha256) => onChange({ sha256 })} />}
      <TestMessage draft={draft} />
    </>
  )
}

function TestMessage({ draft }: { draft: CopyDraft }) {
  const parsed = filled({ ...draft, name: 'test' })
  const target = parsed.ok ? copyTarget.parse(parsed.value.target) : null
  const ready = target?.kind === 'syslog' ? target : null
  const test = useMutation(auditCopyMutations.test())
  const { data, isPending, error } = answerTo(test, ready)
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        busy={isPending}
        disabledReason={ready === null ? (draft.mode === 'pin' && draft.sha256 === null ? 'Trust its certificate first.' : 'Enter the receiver first.') : null}
        reasonShown="beside"
        onClick={() => ready !== null && test.mutate(ready)}
      >
        Send a test message
      </Button>
      {data && !isPending && <Notice tone="good" role="status" title={`It was read to its end, in ${formatMs(data.durationMs)}.`} />}
      {!isPending && <ProblemNotice error={error} />}
    </div>
  )
}
