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
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonLook = VariantProps<typeof buttonLook> & { icon?: LucideIcon; children?: ReactNode }
