'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Checkbox } from '@/components/ui/field'

const FILE_NAME = 'palisade-recovery-codes.txt'
const asText = (codes: readonly string[]): string => `Recovery codes for Palisade. Each works once.\r\n\r\n${codes.join('\r\n')}\r\n`

/** Ten codes that are shown this once. Going on asks whether they are kept. */
export function RecoveryCodes({ codes, act, onKept }: { codes: readonly string[]; act: string; onKept: () => void }) {
  const [kept, setKept] = useState(false)
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-2">
        Without your phone, one of these signs you in. Each works once. Keep them where you keep passwords, not on the phone; they are not shown again.
      </p>
      <ol aria-label="Recovery codes" className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-md border border-line bg-sunken px-4 py-3 max-[26rem]:grid-cols-1">
        {codes.map((code) => (
          <li key={code} className="font-mono text-xs break-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={codes.join('\n')} label="Copy them" />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(asText(codes))}`}
          download={FILE_NAME}
          className="inline-flex h-6 items-center gap-2 rounded-md border border-line-2 bg-surface px-2 text-xs font-medium hover:bg-hover max-md:min-h-11"
        >
          <Download aria-hidden size={14} strokeWidth={1.75} />
          Download as text
        </a>
      </div>
      <Checkbox label="I have kept them" checked={kept} onChange={(event) => setKept(event.target.checked)} />
      <div className="flex justify-end">
        <Button variant="primary" disabledReason={kept ? null : 'Keep them first, then tick the box.'} onClick={onKept}>
          {act}
        </Button>
      </div>
    </div>
  )
}
