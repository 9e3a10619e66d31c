'use client'
import { BookmarkPlus, Check, Pencil, Save } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import type { ViewDto } from '@/lib/views/input'

type ViewsMenuBoxProps = {
  trigger: ReactElement
  views: readonly ViewDto[]
  /** The view that is shown, and one's own that is shown with changes. */
  here: ViewDto | undefined
  changed: ViewDto | null
  onGo: (view: ViewDto) => void
  onUpdate: (view: ViewDto) => void
  onDialog: (view: ViewDto | 'new') => void
}
const item = 'relative flex min-h-[30px] items-center gap-2.5 rounded-md py-1 pr-3 pl-8 outline-none data-[disabled]:text-text-3 data-[highlighted]:bg-hover max-md:min-h-11'
const mark = 'absolute left-2.5'

/** The menu with its button, open from the start. */
export function ViewsMenuBox({ trigger, views, here, changed, onGo, onUpdate, onDialog }: ViewsMenuBoxProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={typeof document === 'undefined' ? null : document.getElementById('content')}>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} aria-label="Saved views" className="z-50 max-h-[70dvh] w-72 overflow-y-auto rounded-lg bg-raised p-1 shadow-raised">
          {views.length === 0 && <p className="px-2 py-1.5 text-xs text-text-3">No view is saved yet. Filter and sort the list, then save what it shows.</p>}
          {views.map((view) => (
            <DropdownMenu.Item key={view.id} onSelect={() => onGo(view)} className={item}>
              {view === here && <Check aria-hidden size={14} className={mark} />}
              <span className="min-w-0 flex-1 truncate">{view.name}</span>
              {view.shared && <span className="text-xs text-text-3">{view.mine ? 'shared' : `by ${view.owner}`}</span>}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 border-t border-line" />
          {changed && (
            <DropdownMenu.Item onSelect={() => onUpdate(changed)} className={item}>
              <Save aria-hidden size={14} className={mark} />
              Save the changes to {changed.name}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item disabled={here !== undefined} onSelect={() => onDialog('new')} className={item}>
            <BookmarkPlus aria-hidden size={14} className={mark} />
            <span>
              Save this view
              {here && <span className="block text-xs">It is saved as {here.name}.</span>}
            </span>
          </DropdownMenu.Item>
          {here?.mine === true && (
            <DropdownMenu.Item onSelect={() => onDialog(here)} className={item}>
              <Pencil aria-hidden size={14} className={mark} />
              Rename, share or remove {here.name}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
