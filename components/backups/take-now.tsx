'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import Link from 'next/link'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { reasonNotToAsk } from '@/components/firewalls/detail/permissions'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import type { BackupTaskDto, FirewallBackupsDto } from '@/lib/backups/dto'
import { takeBackup } from '@/lib/queries/backups'
import { reasonNotToTake, TASK_WORDS } from './backup-words'

const isOpen = (task: BackupTaskDto | null): boolean => task !== null && task.finishedAt === null

/** The button, its key, and why it is off. */
export function TakeNow({ backups }: { backups: FirewallBackupsDto }) {
  const { firewall, role } = useFirewall()
  const { mutate, isPending, error } = useMutation(takeBackup(useQueryClient(), firewall.id))
  const running = isPending || isOpen(backups.task)
  const reason = reasonNotToAsk(firewall, role) ?? reasonNotToTake(backups)
  const run = (): void => mutate(crypto.randomUUID())
  useSingleKey('b', () => {
    if (reason === null && !running) run()
  })
  return (
    <>
      <ProblemNotice error={error} subject={firewall.name} className="order-last w-full" />
      <Button icon={Archive} busy={running} disabledReason={running ? null : reason} onClick={run}>
        {running ? 'Taking a backup' : 'Take a backup now'} <Kbd>b</Kbd>
      </Button>
    </>
  )
}

/** How the newest try stands, and why there can be none. */
export function TakeProgress({ backups }: { backups: FirewallBackupsDto }) {
  const { firewall } = useFirewall()
  const { task } = backups
  return (
    <div className="flex flex-col gap-3 px-5 empty:hidden max-md:px-4 [&>*]:mb-3">
      {!backups.possible && (
        <Notice tone="you" title={backups.impossibleBecause ?? 'This firewall gives no backup.'}>
          {firewall.commands.exist && !firewall.commands.allowed && (
            <Link href={`/firewalls/${firewall.id}/settings#commands`} className="text-act underline">
              Command permission in the settings
            </Link>
          )}
        </Notice>
      )}
      {task !== null && isOpen(task) && (
        <Notice tone="plain" role="status" icon={Archive} title={TASK_WORDS[task.state]}>
          {task.message ?? 'You can leave this page; the result is kept.'}
        </Notice>
      )}
      {task !== null && (task.state === 'failed' || task.state === 'refused') && (
        <Notice tone="warn" role="status" title={task.message ?? TASK_WORDS[task.state]}>
          Ended <Age at={task.finishedAt} zone={firewall.timeZone} className="text-inherit" />.{' '}
          {backups.latest === null ? 'There is no earlier backup.' : 'What was kept before is below.'}
        </Notice>
      )}
      {task?.state === 'unchanged' && task.reason === 'by-hand' && (
        <p role="status" className="text-xs text-text-2">
          {TASK_WORDS.unchanged} Asked <Age at={task.finishedAt} zone={firewall.timeZone} className="text-inherit" />.
        </p>
      )}
    </div>
  )
}
