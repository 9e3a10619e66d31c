'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Lock, ScanSearch } from 'lucide-react'
import Link from 'next/link'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { firewallMutations, firewallQueries } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { reasonNotToAsk } from '../permissions'
import { useSingleKey } from '../use-single-key'
import { useReloadWhenDone } from './use-reload-when-done'

function useCheck() {
  const { firewall, role } = useFirewall()
  const state = useQuery(firewallQueries.checkState(firewall.id))
  const { mutate, isPending, error } = useMutation({ ...firewallMutations.check(), mutationKey: ['firewall-check', firewall.id] })
  const running = state.data?.state === 'queued' || state.data?.state === 'running' || firewall.check.running
  return {
    firewall,
    state: state.data,
    running: running || isPending,
    error,
    reason: reasonNotToAsk(firewall, role) ?? (firewall.check.possible ? null : (firewall.check.reason ?? 'This family cannot be asked.')),
    run: () => mutate({ id: firewall.id }),
  }
}

/** Makes the firewall look for updates. */
export function CheckControls() {
  const { running, error, reason, run } = useCheck()
  useSingleKey('c', () => {
    if (reason === null && !running) run()
  })
  return (
    <>
      {error && <ProblemNotice error={error} className="w-full" />}
      <Button size="sm" icon={ScanSearch} busy={running} disabledReason={running ? null : reason} onClick={run}>
        {running ? 'Checking' : 'Check now'} <Kbd>c</Kbd>
      </Button>
    </>
  )
}

const WORDS = {
  queued: 'The check waits for its turn.',
  running: 'The firewall looks for updates. This takes up to a few minutes.',
  failed: 'The check failed.',
} as const

/** How the check stands, and why there can be none. */
export function CheckProgress() {
  const { firewall, state, running } = useCheck()
  useReloadWhenDone(firewall.id, state?.finishedAt ?? null)
  if (!firewall.check.possible) {
    return (
      <Notice tone="you" icon={Lock} title={firewall.check.reason ?? 'This firewall cannot be asked for updates.'} className="mx-5 max-md:mx-3">
        {firewall.commands.exist && !firewall.commands.allowed && (
          <Link href={`/firewalls/${firewall.id}/settings#commands`} className="text-act underline">
            Command permission in the settings
          </Link>
        )}
      </Notice>
    )
  }
  if (!running && (state === undefined || state.state === 'idle')) return null
  return (
    <div role="status" className="mx-5 max-md:mx-3">
      {running ? (
        <Notice tone="plain" icon={ScanSearch} title={WORDS[state?.state === 'running' ? 'running' : 'queued']}>
          You can leave this page; the result is kept.
        </Notice>
      ) : state?.state === 'failed' ? (
        <Notice tone="warn" title={state.message ?? WORDS.failed}>
          Ended <Age at={state.finishedAt} zone={firewall.timeZone} className="text-inherit" />.
        </Notice>
      ) : (
        <p className="text-xs text-text-2">
          The check ended <Age at={state?.finishedAt ?? null} zone={firewall.timeZone} className="text-inherit" />.
        </p>
      )}
    </div>
  )
}
