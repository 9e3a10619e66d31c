import type { ComponentProps } from 'react'
import { cn } from '@/lib/core/cn'
import { TONE_RAIL, type Tone } from './tone'

/** For short tables; VirtualTable is for lists. `caption` is read aloud, not shown. */
export function Table({ caption, className, children, ...rest }: ComponentProps<'table'> & { caption: string }) {
  return (
    // Positioned, so that words that are only spoken scroll with it instead of widening the page.
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table {...rest} className={cn('w-full border-collapse text-left', className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

export function TableHead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead {...rest} className={cn('border-b border-line-2 bg-sunken', className)} />
}

export function TableBody(props: ComponentProps<'tbody'>) {
  return <tbody {...props} />
}

export function TableRow({ rail, className, ...rest }: ComponentProps<'tr'> & { rail?: Tone | null }) {
  return <tr {...rest} className={cn('h-8 border-b border-line', rail && TONE_RAIL[rail], className)} />
}

type CellProps = { align?: 'left' | 'right' | undefined; mono?: boolean | undefined }
const edge = 'px-2 first:pl-5 last:pr-5 max-md:first:pl-4 max-md:last:pr-4'

export function TableHeader({ align, mono: _mono, className, scope = 'col', ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th scope={scope} {...rest} className={cn('h-8 text-xs font-medium whitespace-nowrap text-text-2', edge, align === 'right' && 'text-right', className)} />
  )
}

export function TableCell({ align, mono, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return <td {...rest} className={cn('py-1.5', edge, align === 'right' && 'text-right', mono && 'font-mono text-xs', className)} />
}
