'use client'
import { useId, type ComponentProps, type ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

type FieldProps = {
  label: ReactNode
  help?: ReactNode
  error?: string | null | undefined
  className?: string
  /** Gets the id of the control, the id of what describes it, and whether it is wrong. */
  children: (id: string, describedBy: string | undefined, invalid: boolean) => ReactNode
}

/** Label above, help below; an error takes the place of the help. */
export function Field({ label, help, error, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const invalid = error !== undefined && error !== null && error !== ''
  const note = invalid ? error : help
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-text-2">
        {label}
      </label>
      {children(id, note ? noteId : undefined, invalid)}
      {note && (
        <p id={noteId} className={cn('text-xs', invalid ? 'text-bad' : 'text-text-3')}>
          {note}
        </p>
      )}
    </div>
  )
}

const box =
  'w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-sm text-text disabled:bg-sunken disabled:text-text-3 aria-invalid:border-bad-mark max-md:text-base'
type Common = { invalid?: boolean; mono?: boolean }

export function TextInput({ invalid, mono, className, ...rest }: ComponentProps<'input'> & Common) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      {...rest}
      aria-invalid={invalid || undefined}
      className={cn(box, 'h-8 max-md:h-11', mono && 'font-mono text-xs', className)}
    />
  )
}

/** The browser's own list: it works with every keyboard, phone and screen reader. */
export function SelectInput({ invalid, className, children, ...rest }: ComponentProps<'select'> & { invalid?: boolean }) {
  return (
    <select {...rest} aria-invalid={invalid || undefined} className={cn(box, 'h-8 pr-1 max-md:h-11', className)}>
      {children}
    </select>
  )
}

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'children'> & { label: ReactNode; help?: ReactNode; error?: string | null }

export function Checkbox({ label, help, error, className, ...rest }: CheckboxProps) {
  const id = useId()
  const note = error ?? help
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label className="flex min-h-6 items-start gap-2 text-sm max-md:min-h-11 max-md:items-center">
        <input
          type="checkbox"
          {...rest}
          aria-describedby={note ? id : undefined}
          aria-invalid={error ? true : undefined}
          className="mt-0.5 size-4 shrink-0 rounded-xs accent-act-fill max-md:mt-0 max-md:size-5"
        />
        <span>{label}</span>
      </label>
      {note && (
        <p id={id} className={cn('pl-6 text-xs', error ? 'text-bad' : 'text-text-3')}>
          {note}
        </p>
      )}
    </div>
  )
}
