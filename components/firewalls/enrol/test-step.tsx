'use client'
import { Lock, RefreshCw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { TestResult } from '@/lib/firewalls/dto'
import { plural } from '@/lib/format/numbers'
import { ApiError } from '@/lib/queries/client'
import { FeatureTable } from './feature-table'
import { reasonNoTries, triesOfError, TriesLeft } from './tries-left'

type TestStepProps = {
  result: TestResult | null
  error: Error | null
  busy: boolean
  triesBefore: { triesLeft: number; retryAt: string | null }
  onTest: () => void
  onAccept: () => void
  onChangeCredential: () => void
}

export function TestStep({ result, error, busy, triesBefore, onTest, onAccept, onChangeCredential }: TestStepProps) {
  const tries = triesOfError(error) ?? (result === null ? triesBefore : result)
  const off = result === null ? 0 : result.test.features.filter((feature) => feature.result === 'missing' || feature.result === 'failed').length
  // The same credential again would only cost the other try.
  const refused = !busy && error instanceof ApiError && error.code === 'firewall-credential-rejected'
  return (
    <div className="flex flex-col gap-3">
      {error && !busy && <ProblemNotice error={error} />}
      {busy && result === null && <SkeletonRows rows={10} columns={4} />}
      {result !== null && !error && <TestOutcome result={result} />}
      <div className="flex flex-wrap items-center gap-2">
        {result !== null && off === 0 && !error && (
          <Button variant="primary" onClick={onAccept} disabledReason={busy ? 'The test is running.' : null}>
            Go on to name and place
          </Button>
        )}
        {refused && (
          <Button variant="primary" onClick={onChangeCredential}>
            Enter another credential
          </Button>
        )}
        <Button
          variant={!refused && (off > 0 || error) ? 'primary' : 'secondary'}
          icon={RefreshCw}
          busy={busy}
          disabledReason={busy ? null : reasonNoTries(tries)}
          onClick={onTest}
        >
          {result === null && !error ? 'Test' : 'Test again'}
        </Button>
        {result !== null && off > 0 && !error && <Button onClick={onAccept}>Go on with {plural(off, 'feature')} off</Button>}
        {error && !refused && !busy && <Button onClick={onChangeCredential}>Enter another credential</Button>}
        <span className="ml-auto">
          <TriesLeft {...tries} />
        </span>
      </div>
    </div>
  )
}

function TestOutcome({ result: { test, notice } }: { result: TestResult }) {
  return (
    <>
      {notice !== null && <Notice tone="plain" title={notice} role="status" />}
      <MissingNotice
        missing={test.features.filter(({ result }) => result === 'missing').length}
        failed={test.features.filter(({ result }) => result === 'failed').length}
      />
      {test.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
      <FeatureTable features={test.features} />
    </>
  )
}

export function MissingNotice({ missing, failed }: { missing: number; failed: number }) {
  if (missing === 0 && failed === 0) return <Notice tone="good" title="Everything that Palisade needs works." role="status" />
  if (missing === 0) {
    return (
      <Notice tone="warn" role="status" title={`${plural(failed, 'read')} failed. Everything else works.`}>
        The firewall answered in a way that was not understood, or not in time. Test again, or go on: those features say so on their pages.
      </Notice>
    )
  }
  return (
    <Notice
      tone="you"
      icon={Lock}
      role="status"
      title={`${missing === 1 ? '1 privilege is' : `${missing} privileges are`} missing. ${failed === 0 ? 'Everything else works.' : `${plural(failed, 'read')} failed.`}`}
    >
      Add the names below to the user or group of this key on the firewall, save there, and test again. You can also go on now; those features stay off and say
      why.
    </Notice>
  )
}
