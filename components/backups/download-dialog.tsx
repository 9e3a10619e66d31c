'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { BackupDto } from '@/lib/backups/dto'
import { formatBytes } from '@/lib/format/bytes'
import { formatExact } from '@/lib/format/dates'
import { downloadBackup } from '@/lib/queries/backups'

/** Hands the configuration out as the firewall gave it, with everything that is in it. */
export function DownloadDialog({ backup, onClose }: { backup: BackupDto; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(downloadBackup())
  const save = (): void =>
    mutate(
      { id: backup.firewall.id, backupId: backup.id },
      {
        onSuccess: ({ file, name }) => {
          const link = document.createElement('a')
          link.href = URL.createObjectURL(file)
          link.download = name
          link.click()
          URL.revokeObjectURL(link.href)
          toast.good(`Saved as ${name}.`)
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={`Download the configuration of ${backup.firewall.name}`}
      description="It is the file as the firewall gave it, with all its secrets in it."
      footer={
        <>
          <Button onClick={onClose}>Leave it sealed</Button>
          <Button variant="danger" busy={isPending} onClick={save}>
            Download with all secrets
          </Button>
        </>
      }
    >
      <Notice tone="warn" title="Whoever has this file has the keys of the firewall.">
        Private keys, password hashes, pre-shared keys and stored passwords stand in it. Palisade asks who you are, and the download is an audit entry.
      </Notice>
      <Facts
        items={[
          ['Taken', formatExact(backup.takenAt)],
          ['Size', formatBytes(backup.bytes)],
          [
            'SHA-256',
            <span key="sha256" className="flex items-start gap-2">
              <code className="min-w-0 font-mono text-xs break-all">{backup.sha256}</code>
              <CopyButton text={backup.sha256} label="Copy the SHA-256" variant="quiet" iconOnly />
            </span>,
          ],
        ]}
      />
      {backup.format === 'comparison' && <p className="text-text-2">This one is for comparison only: the firewall cannot be restored from it.</p>}
      <ProblemNotice error={error} />
    </Dialog>
  )
}
