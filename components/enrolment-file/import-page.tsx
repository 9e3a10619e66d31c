'use client'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Role } from '@/lib/auth/roles'
import type { FilePreview } from '@/lib/enrolment/dto'
import { plural } from '@/lib/format/numbers'
import { enrolmentMutations, templateHref } from '@/lib/queries/enrolment'
import { ColumnHelp } from './column-help'
import { FileDrop, type ChosenFile } from './file-drop'
import { FileProblems, FileRows } from './file-preview'
import { RecentFiles } from './recent-files'

/** From a file to lines that are probed, trusted and tested one by one. */
export function ImportPage({ role }: { role: Role }) {
  const lacks = reasonWithout(role, 'firewall:manage')
  return (
    <>
      <PageHeader title="Enrol from a file" crumbs={[{ label: 'Firewalls', href: '/firewalls' }]} />
      {lacks === null ? (
        <ImportSteps />
      ) : (
        <div className="p-5">
          <Notice tone="plain" title="You cannot enrol firewalls.">
            {lacks}
          </Notice>
        </div>
      )}
    </>
  )
}

function ImportSteps() {
  const [file, setFile] = useState<ChosenFile | null>(null)
  const preview = useMutation(enrolmentMutations.preview())
  const choose = (chosen: ChosenFile): void => {
    setFile(chosen)
    preview.mutate({ fileName: chosen.fileName, fileBase64: chosen.fileBase64 })
  }
  return (
    <div className="flex flex-col gap-6 px-5 py-5 max-md:px-4">
      <div className="flex flex-col gap-3">
        <p className="max-w-3xl text-lg">A line for each firewall. Every one is looked at, trusted and tested as if you entered it by hand.</p>
        <p className="max-w-3xl text-text-2">
          Credentials are sealed as soon as the file is taken and never shown again. None is sent before the certificate of its firewall is trusted.
        </p>
        <p>
          <a href={templateHref} download className="inline-flex items-center gap-1 text-act hover:underline max-md:py-3">
            <Download aria-hidden size={14} /> Download the template
          </a>
        </p>
      </div>
      <FileDrop chosen={file?.fileName ?? null} busy={preview.isPending} onChosen={choose} />
      <ProblemNotice error={preview.error} />
      {preview.isPending && <SkeletonRows rows={6} columns={5} />}
      {file && preview.data && !preview.isPending && preview.data.problemCount > 0 && <FileProblems preview={preview.data} />}
      {file && preview.data && !preview.isPending && preview.data.problemCount === 0 && <Ready key={file.key} file={file} preview={preview.data} />}
      {!file && <ColumnHelp />}
      <RecentFiles />
    </div>
  )
}

const SEPARATOR_WORDS = { comma: 'commas', semicolon: 'semicolons', tab: 'tabs' } as const

function Ready({ file, preview }: { file: ChosenFile; preview: FilePreview }) {
  const router = useRouter()
  const { mutate, isPending, error } = useMutation(enrolmentMutations.take(file.key))
  const take = (): void => mutate({ fileName: file.fileName, fileBase64: file.fileBase64 }, { onSuccess: ({ id }) => router.push(`/firewalls/import/${id}`) })
  return (
    <div className="flex flex-col gap-3">
      <p>
        <strong className="font-semibold">{plural(preview.rowCount, 'firewall')}</strong>, read as {preview.encoding} with {SEPARATOR_WORDS[preview.separator]}.
        Look whether names with special letters are right.
      </p>
      <FileRows preview={preview} />
      <ProblemNotice error={error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" busy={isPending} onClick={take}>
          Seal the credentials and begin
        </Button>
        <span className="text-xs text-text-3">Firewalls that are enrolled already and are the same are left alone.</span>
      </div>
    </div>
  )
}
