'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { BackupDto } from '@/lib/backups/dto'
import { formatExact } from '@/lib/format/dates'
import { revertQueries } from '@/lib/queries/reverts'
import type { RestoreDto } from '@/lib/reverts/dto'

type RestoreDialogProps = {
  backup: BackupDto
  onClose: () => void
  /** null where they may not, with the reason in the menu. */ onDownload: (() => void) | null
}

/** How to give a backup back by hand, in the words of the firewall's own pages and with the name of this very file. */
export function RestoreDialog({ backup, onClose, onDownload }: RestoreDialogProps) {
  const { data, error, refetch } = useQuery(revertQueries.restore(backup.firewall.id, backup.id))
  return (
    <Dialog
      open
      shape="side"
      onOpenChange={(stays) => !stays && onClose()}
      title={`Restore ${backup.firewall.name} by hand`}
      description={`From the backup of ${formatExact(backup.takenAt)}`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {onDownload !== null && data?.problem === null && <Button onClick={onDownload}>Download the file</Button>}
        </>
      }
    >
      <ProblemNotice error={error} retry={() => void refetch()} />
      {data === undefined ? error === null && <SkeletonRows rows={6} columns={1} rowHeight={40} /> : <Instructions restore={data} />}
    </Dialog>
  )
}

function Instructions({ restore: { fileName, problem, menu, steps, console: atConsole, mind, pair } }: { restore: RestoreDto }) {
  if (problem !== null)
    return (
      <Notice tone="plain" title="This backup cannot be given back.">
        {problem}
      </Notice>
    )
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <p className="text-xs text-text-3">The file, as it is named when you download it</p>
        <p className="flex items-start gap-2">
          <code className="min-w-0 font-mono text-xs break-all">{fileName}</code>
          <CopyButton text={fileName} label="Copy the name of the file" variant="quiet" iconOnly />
        </p>
        <p className="text-xs text-text-3">The page on the firewall</p>
        <p className="font-medium">{menu.join(' › ')}</p>
      </div>
      <Steps title="In its web interface" items={steps} ordered />
      <Steps title="When its web interface cannot be reached" items={atConsole} ordered />
      <Steps title="Mind" items={mind} />
      <Steps title="Of a pair" items={pair} />
    </div>
  )
}

function Steps({ title, items, ordered = false }: { title: string; items: readonly string[]; ordered?: boolean }): ReactNode {
  if (items.length === 0) return null
  const lines = items.map((item) => <li key={item}>{item}</li>)
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {ordered ? (
        <ol className="flex list-decimal flex-col gap-1.5 pl-5">{lines}</ol>
      ) : (
        <ul className="flex list-disc flex-col gap-1.5 pl-5 text-text-2">{lines}</ul>
      )}
    </section>
  )
}
