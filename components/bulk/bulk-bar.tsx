'use client'
import { Archive, CalendarPlus, CirclePause, CirclePlay, Ellipsis, FileDown, FolderInput, ListChecks, RefreshCw, Tag, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Menu } from '@/components/ui/menu'
import { formatCount, plural } from '@/lib/format/numbers'
import type { BulkDialogName } from './bulk-dialogs'

/** Where the bars float: over the end of the list, above the navigation of a phone. */
export function Dock({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex justify-center px-4 max-md:bottom-[calc(56px+env(safe-area-inset-bottom))] max-md:px-0 md:pl-[72px] xl:pl-[216px]">
      <section
        aria-label={label}
        className="pointer-events-auto flex max-w-full items-center gap-1 rounded-xl bg-raised px-3 py-2 shadow-raised max-md:w-full max-md:flex-wrap max-md:rounded-none md:min-h-12"
      >
        {children}
      </section>
    </div>
  )
}

type BulkBarProps = {
  /** How many are chosen, and how many match. */
  chosen: number
  matching: number
  /** All that match are chosen. */
  all: boolean
  onChooseAll: () => void
  onClear: () => void
  onAct: (act: 'refresh' | 'check' | 'backup' | 'resume') => void
  onDialog: (name: BulkDialogName) => void
  onPlan: () => void
  onExport: (format: 'csv' | 'json') => void
  /** Why firewalls cannot be asked, changed, or planned for; null when they can. */
  reasons: { ask: string | null; manage: string | null; plan: string | null }
  busy: boolean
}

const act = 'text-text max-md:size-11 max-md:justify-center max-md:px-0'
const word = 'max-lg:sr-only'

/** What to do with the chosen rows. */
export function BulkBar({ chosen, matching, all, onChooseAll, onClear, onAct, onDialog, onPlan, onExport, reasons, busy }: BulkBarProps) {
  return (
    <Dock label="Chosen firewalls">
      <p role="status" className="px-1 font-semibold whitespace-nowrap">
        {all ? `All ${formatCount(chosen)} that match` : `${formatCount(chosen)} selected`}
      </p>
      {!all && matching > chosen && (
        <Button variant="quiet" onClick={onChooseAll} className="text-act max-md:ml-auto">
          Select all {formatCount(matching)} that match
        </Button>
      )}
      <span aria-hidden className="mx-1 h-6 border-l border-line-2 max-md:hidden" />
      <div className="flex items-center gap-0.5 max-md:order-last max-md:w-full max-md:justify-between">
        <Button variant="quiet" icon={RefreshCw} busy={busy} disabledReason={reasons.ask} onClick={() => onAct('refresh')} className={act}>
          <span className={word}>Refresh</span> <Hint>r</Hint>
        </Button>
        <Button variant="quiet" icon={ListChecks} busy={busy} disabledReason={reasons.ask} onClick={() => onAct('check')} className={act}>
          <span className={word}>Check for updates</span> <Hint>c</Hint>
        </Button>
        <Button variant="quiet" icon={CalendarPlus} disabledReason={reasons.plan} onClick={onPlan} className={act}>
          <span className={word}>Plan an update</span>
        </Button>
        <Button variant="quiet" icon={Tag} disabledReason={reasons.manage} onClick={() => onDialog('tag')} className={act}>
          <span className={word}>Tag</span>
        </Button>
        <Button variant="quiet" icon={FolderInput} disabledReason={reasons.manage} onClick={() => onDialog('move')} className={act}>
          <span className={word}>Move</span>
        </Button>
        <Menu
          label={`More acts on ${plural(chosen, 'firewall')}`}
          trigger={
            <Button variant="quiet" icon={Ellipsis} className={act}>
              <span className={word}>More</span>
            </Button>
          }
          items={[
            { label: 'Take a backup now', icon: Archive, disabledReason: reasons.ask, onSelect: () => onAct('backup') },
            { label: 'Pause visits', icon: CirclePause, disabledReason: reasons.manage, onSelect: () => onDialog('pause') },
            { label: 'Resume visits', icon: CirclePlay, disabledReason: reasons.manage, onSelect: () => onAct('resume') },
            { label: 'Export as CSV', icon: FileDown, onSelect: () => onExport('csv') },
            { label: 'Export as JSON', icon: FileDown, onSelect: () => onExport('json') },
          ]}
        />
      </div>
      <Button variant="quiet" shape="icon" icon={X} aria-label="Clear the selection" title="Esc" onClick={onClear} className="text-text-2" />
    </Dock>
  )
}

const Hint = ({ children }: { children: string }) => (
  <span className="max-xl:hidden">
    <Kbd>{children}</Kbd>
  </span>
)
