'use client'
import { FileSpreadsheet } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import { base64Of } from '@/components/ui/base64-of'
import { buttonLook, RING_OF_LABEL } from '@/components/ui/button-look'
import { cn } from '@/lib/core/cn'
import { FILE_BYTES_MAX } from '@/lib/enrolment/input'

export type ChosenFile = { fileName: string; fileBase64: string; key: string }

const TOO_LARGE = 'The file is larger than 2 MiB. Divide it.'
const UNREADABLE = 'The file is empty or could not be read. Choose it again.'

/** A file dropped or chosen; it stays in the memory of this page until it is taken. */
export function FileDrop({ chosen, busy, onChosen }: { chosen: string | null; busy: boolean; onChosen: (file: ChosenFile) => void }) {
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file || busy) return
    const tooLarge = file.size > FILE_BYTES_MAX
    const fileBase64 = tooLarge ? '' : await base64Of(file).catch(() => '')
    setRefused(tooLarge ? TOO_LARGE : fileBase64 === '' ? UNREADABLE : null)
    if (fileBase64 !== '') onChosen({ fileName: file.name, fileBase64, key: crypto.randomUUID() })
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'flex max-w-3xl flex-wrap items-center gap-3 rounded-lg border border-dashed px-4 py-5',
        over ? 'border-act bg-act-soft' : 'border-control bg-sunken',
      )}
    >
      <FileSpreadsheet aria-hidden size={20} strokeWidth={1.5} className="shrink-0 text-text-2" />
      <span role="status" className={cn('min-w-48 flex-1 break-words', refused === null ? 'text-text-2' : 'text-bad')}>
        {refused ?? (chosen === null ? 'Drop a CSV file here. Up to 5,000 firewalls, 2 MiB.' : `${chosen} was read.`)}
      </span>
      <label className={cn(buttonLook(), RING_OF_LABEL)}>
        {chosen === null ? 'Choose the file' : 'Choose another file'}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
    </div>
  )
}
