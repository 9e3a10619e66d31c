import { cva, type VariantProps } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** How every button looks, and every link that looks like one. */
export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors duration-[120ms] aria-disabled:cursor-not-allowed aria-disabled:border-line-2 aria-disabled:bg-sunken aria-disabled:text-text-3 max-md:min-h-11 max-md:min-w-11',
  {
    variants: {
      variant: {
        primary: 'border-act-fill bg-act-fill text-white hover:brightness-95',
        secondary: 'border-line-2 bg-surface text-text hover:bg-hover',
        danger: 'border-bad-mark bg-surface text-bad hover:bg-bad-soft',
        quiet: 'border-transparent bg-transparent text-act hover:bg-hover',
      },
      size: { md: 'h-[30px] px-3 text-sm', sm: 'h-6 px-2 text-xs' },
      /** `icon`: nothing but an icon, so it needs an `aria-label`. */
      shape: { text: '', icon: '' },
    },
    compoundVariants: [
      { shape: 'icon', size: 'md', class: 'w-[30px] px-0' },
      { shape: 'icon', size: 'sm', class: 'w-6 px-0' },
    ],
    defaultVariants: { variant: 'secondary', size: 'md', shape: 'text' },
  },
)

/** The ring of a label that looks like a button: the focus is in the field inside it. */
export const RING_OF_LABEL = 'cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-act'

/** Why it cannot be used now; also what makes it disabled. */
export type ButtonReason = { disabledReason?: string | null | undefined; /** Where the reason stands. */ reasonShown?: 'beside' | 'tooltip' }
export type ButtonLook = VariantProps<typeof buttonLook> & { icon?: LucideIcon; children?: ReactNode }
