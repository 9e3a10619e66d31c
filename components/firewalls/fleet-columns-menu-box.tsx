'use client'
import { Check, Rows3 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { CHOOSABLE_COLUMNS } from './fleet-columns'
import type { ColumnChoice } from './use-fleet-columns'

const item = 'relative flex min-h-[30px] items-center gap-2.5 rounded-md py-1 pr-3 pl-8 outline-none data-[highlighted]:bg-hover'

/** The menu with its button, open from the start. */
export function ColumnsMenuBox({ trigger, choice, leftOut }: { trigger: ReactElement; choice: ColumnChoice; leftOut: ReadonlySet<string> }) {
  const { chosen, choose, density, setDensity } = choice
  const toggle = (id: string, on: boolean): void => choose(CHOOSABLE_COLUMNS.map((column) => column.id).filter((known) => (known === id ? on : chosen.includes(known))))
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={typeof document === 'undefined' ? null : document.getElementById('content')}>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} aria-label="Columns" className="z-50 max-h-[70dvh] w-64 overflow-y-auto rounded-lg bg-raised p-1 shadow-raised">
          <DropdownMenu.Label className="px-2 py-1 text-xs text-text-3">Columns, kept for you</DropdownMenu.Label>
          {CHOOSABLE_COLUMNS.map(({ id, head }) => (
            <DropdownMenu.CheckboxItem
              key={id}
              checked={chosen.includes(id)}
              onCheckedChange={(on) => toggle(id, on)}
              // Several are chosen at a time, so the menu stays.
              onSelect={(event) => event.preventDefault()}
              className={item}
            >
              <Mark />
              <span className="flex-1">{id === 'since' ? 'For (since when the state is so)' : head}</span>
              {leftOut.has(id) && <span className="text-xs text-text-3">no room</span>}
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator className="my-1 border-t border-line" />
          <DropdownMenu.Label className="px-2 py-1 text-xs text-text-3">Height of rows</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={String(density)} onValueChange={(value) => setDensity(value === '40' ? 40 : 32)}>
            <Radio value="32">Compact</Radio>
            <Radio value="40">Comfortable</Radio>
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 border-t border-line" />
          <DropdownMenu.Item onSelect={() => choose(null)} className={item}>
            <Rows3 aria-hidden size={14} className="absolute left-2.5" />
            The usual columns
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Mark() {
  return (
    <DropdownMenu.ItemIndicator className="absolute left-2.5">
      <Check aria-hidden size={14} />
    </DropdownMenu.ItemIndicator>
  )
}

function Radio({ value, children }: { value: string; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem value={value} onSelect={(event) => event.preventDefault()} className={item}>
      <Mark />
      {children}
    </DropdownMenu.RadioItem>
  )
}
