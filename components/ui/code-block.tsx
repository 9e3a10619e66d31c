import { cn } from '@/lib/core/cn'
import { CopyButton } from './copy-button'

/** Text to be read or pasted exactly as it is. */
export function CodeBlock({ text, label, copy = true, className }: { text: string; label: string; copy?: boolean; className?: string }) {
  return (
    <div className={cn('flex items-start gap-2 rounded-md border border-line bg-sunken', className)}>
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-[70vh] min-w-0 flex-1 overflow-auto px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
      {copy && (
        <div className="shrink-0 p-1">
          <CopyButton text={text} label="Copy" variant="quiet" />
        </div>
      )}
    </div>
  )
}
