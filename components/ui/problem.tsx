'use client'
import { RefreshCw } from 'lucide-react'
import { ApiError } from '@/lib/core/api-error'
import { escapeUnseen } from '@/lib/format/unseen'
import { Button } from './button'
import { Notice } from './notice'
import type { Tone } from './tone'

/** Palisade has stopped on purpose, and only a person can go on. */
const WAITS_FOR_A_PERSON = new Set([
  'firewall-certificate-changed',
  'firewall-certificate-unknown',
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-privilege-missing',
  'firewall-api-package-missing',
  'firewall-calls-stopped',
  'firewall-command-permission-needed',
])
const NOTHING_BROKE = new Set(['stale', 'precondition-required', 'conflict', 'invalid-input', 'firewall-busy', 'firewall-read-only', 'too-many-requests'])

const toneOf = (code: string): Tone => (WAITS_FOR_A_PERSON.has(code) ? 'you' : NOTHING_BROKE.has(code) ? 'warn' : 'bad')

type ProblemNoticeProps = {
  error: unknown
  /** Which firewall or thing it happened to; stands before the sentence. */
  subject?: string
  retry?: () => void
  className?: string
}

/**
 * A failure in words, with its next step and what an admin needs to look it up. Shows nothing without an error, and
 * nothing to who was asked for a proof and left the question: nothing happened, as they wished.
 */
export function ProblemNotice({ error, subject, retry, className }: ProblemNoticeProps) {
  if (error === null || error === undefined || (error instanceof ApiError && error.code === 'step-up-required')) return null
  const known = error instanceof ApiError ? error : null
  const title = known?.title ?? 'Something went wrong on this page.'
  return (
    <Notice
      role="alert"
      tone={known ? toneOf(known.code) : 'bad'}
      title={subject === undefined ? title : `${subject}: ${title}`}
      {...(className !== undefined && { className })}
      actions={
        retry && (
          <Button size="sm" icon={RefreshCw} onClick={retry}>
            Try again
          </Button>
        )
      }
    >
      {known?.detail && <p>{known.detail}</p>}
      <p>{known ? known.nextStep : 'Load the page again.'}</p>
      {known?.code === 'invalid-input' && known.issues.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {known.issues.map(({ field, message }) => (
            <li key={field + message}>
              <code className="font-mono text-xs">{field}</code>: {message}
            </li>
          ))}
        </ul>
      )}
      {known && <AdminDetails error={known} />}
    </Notice>
  )
}

function AdminDetails({ error }: { error: ApiError }) {
  return (
    <details className="mt-1 text-xs">
      <summary className="w-fit text-act">Details for admins</summary>
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-3 gap-y-1 font-mono">
        <dt>Code</dt>
        <dd className="break-all">{error.code}</dd>
        {error.requestId && (
          <>
            <dt>Request</dt>
            <dd className="break-all">{error.requestId}</dd>
          </>
        )}
      </dl>
      {error.rawReply !== null && (
        <>
          <p className="mt-2">What the firewall replied, without secrets:</p>
          <pre
            tabIndex={0}
            aria-label="Reply of the firewall"
            className="mt-1 max-h-60 overflow-auto rounded-md border border-line-2 bg-surface p-2 font-mono text-xs whitespace-pre-wrap text-text"
          >
            {escapeUnseen(error.rawReply)}
          </pre>
        </>
      )}
    </details>
  )
}
