'use client'
import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { cn } from '@/lib/core/cn'
import { Tooltip } from './tooltip'

const look = cva(
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

type Look = VariantProps<typeof look> & { icon?: LucideIcon; children?: ReactNode }
type ButtonProps = Look &
  Omit<ComponentProps<'button'>, 'disabled'> & {
    /** Work is under way: the button stays where it is and does nothing more. */
    busy?: boolean
    /** Why it cannot be used now; also what makes it disabled. */
    disabledReason?: string | null | undefined
    /** Where the reason stands. */
    reasonShown?: 'beside' | 'tooltip'
  }

/** Named by the act. A disabled one keeps its place in the tab order, so that its reason can be read. */
export function Button({
  variant,
  size,
  icon,
  busy = false,
  disabledReason,
  reasonShown = 'tooltip',
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const reason = disabledReason ?? null
  const off = busy || reason !== null
  const Icon = busy ? LoaderCircle : icon
  const click = (event: MouseEvent<HTMLButtonElement>): void => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      type={type}
      {...rest}
      onClick={click}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={reason ? reasonId : rest['aria-describedby']}
      className={cn(look({ variant, size }), className)}
    >
      {Icon && <Icon aria-hidden size={size === 'sm' ? 14 : 16} strokeWidth={1.75} className={cn(busy && 'animate-spin')} />}
      {children}
    </button>
  )
  if (reason === null) return button
  if (reasonShown === 'beside') {
    return (
      <span className="inline-flex items-center gap-3">
        {button}
        <span id={reasonId} className="max-w-72 text-xs text-text-3">
          {reason}
        </span>
      </span>
    )
  }
  return (
    <>
      <Tooltip text={reason}>{button}</Tooltip>
      <span id={reasonId} className="sr-only">
        {reason}
      </span>
    </>
  )
}

type ButtonLinkProps = Look & Omit<ComponentProps<typeof Link>, 'href'> & { href: string; external?: boolean }

/** A link that looks like a button. `external` opens another site apart and tells it nothing about us. */
export function ButtonLink({ variant, size, icon: Icon, external = false, className, children, href, ...rest }: ButtonLinkProps) {
  const inside = (
    <>
      {Icon && <Icon aria-hidden size={size === 'sm' ? 14 : 16} strokeWidth={1.75} />}
      {children}
    </>
  )
  const classes = cn(look({ variant, size }), className)
  if (external) {
    return (
      <a href={/^https?:\/\//i.test(href) ? href : undefined} target="_blank" rel="noreferrer noopener" className={classes}>
        {inside}
      </a>
    )
  }
  return (
    <Link href={href} className={classes} {...rest}>
      {inside}
    </Link>
  )
}
