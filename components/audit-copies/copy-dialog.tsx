'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { RadioChoice } from '@/components/settings/radio-choice'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/text-field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { CopyDto } from '@/lib/audit-copies/input'
import { ApiError } from '@/lib/queries/client'
import { auditCopyMutations } from '@/lib/queries/audit-copies'
import { CopyActs } from './copy-acts'
import { draftOf, filled, NEW_DRAFT, type CopyDraft, type DraftField } from './copy-draft'
import { ReceiverFields } from './receiver-fields'

const KINDS = [
  { value: 'syslog', label: 'To a syslog receiver', help: 'RFC 5424 over TCP or TLS, as rsyslog, syslog-ng and most collectors take it.' },
  { value: 'file', label: 'Into files', help: 'JSON lines in the data directory of each machine with a worker, for a log shipper.' },
] as const
const STARTS = [
  { value: 'now', label: 'From now on', help: 'The first entry there is the one about this copy.' },
  { value: 'first', label: 'From the first entry', help: 'All that is kept goes there first.' },
] as const

/** Where a copy goes; then it begins. Mounted anew each time it opens. */
export function CopyDialog({ copy, onRemove, onClose }: { copy: CopyDto | null; onRemove: (copy: CopyDto) => void; onClose: () => void }) {
  const [draft, setDraft] = useState<CopyDraft>(() => (copy === null ? NEW_DRAFT : draftOf(copy)))
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={copy === null ? 'Add a copy of the audit log' : `Change ${copy.name}`}
      description={copy === null ? 'Who can read it there reads who did what, and at which firewall.' : 'It goes on where it was.'}
    >
      <CopyForm copy={copy} draft={draft} onDraft={setDraft} onClose={onClose} />
      {copy !== null && <CopyActs copy={copy} onRemove={() => onRemove(copy)} onClose={onClose} />}
    </Dialog>
  )
}

type FormProps = { copy: CopyDto | null; draft: CopyDraft; onDraft: (draft: CopyDraft) => void; onClose: () => void }

function CopyForm({ copy, draft, onDraft, onClose }: FormProps) {
  const [key] = useState(() => crypto.randomUUID())
  const [wrong, setWrong] = useState<Partial<Record<DraftField, string>>>({})
  const create = useMutation(auditCopyMutations.create(key))
  const edit = useMutation(auditCopyMutations.edit())
  const error = create.error ?? edit.error
  const issues = error instanceof ApiError ? error.issues : []
  const set = (part: Partial<CopyDraft>): void => {
    onDraft({ ...draft, ...part })
    setWrong({})
    create.reset()
    edit.reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = filled(draft)
    setWrong(parsed.ok ? {} : parsed.wrong)
    if (!parsed.ok || create.isPending || edit.isPending) return
    const { name, target, start } = parsed.value
    const done = (text: string) => ({
      onSuccess: () => {
        toast.good(text)
        onClose()
      },
    })
    if (copy === null) create.mutate({ name, target, start }, done(`${name} begins.`))
    else edit.mutate({ id: copy.id, etag: copy.etag, name, target }, done('Saved.'))
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {copy === null && <RadioChoice legend="What kind of copy" value={draft.kind} choices={KINDS} onChange={(kind) => set({ kind })} />}
      <TextField
        label="Name"
        help="As it stands in this list, such as “SIEM”."
        error={wrong.name ?? issues.find(({ field }) => field === 'name')?.message}
        autoComplete="off"
        value={draft.name}
        onChange={(text) => set({ name: text })}
      />
      {draft.kind === 'syslog' && <ReceiverFields draft={draft} wrong={wrong} onChange={set} />}
      {copy === null && <RadioChoice legend="Where it begins" value={draft.start} choices={STARTS} onChange={(start) => set({ start })} />}
      {!issues.some(({ field }) => field === 'name') && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending || edit.isPending}>
          {copy === null ? 'Begin the copy' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
