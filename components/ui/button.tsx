'use client'
import { LoaderCircle } from 'lucide-react'
import { useId, type ComponentProps, type MouseEvent } from 'react'
import { cn } from '@/lib/core/cn'
import { buttonLook, type ButtonLook, type ButtonReason } from './button-look'
import { Tooltip } from './tooltip'

type ButtonProps = ButtonLook &
  ButtonReason &
  Omit<ComponentProps<'button'>, 'disabled'> & {
    /** Work is under way: the button stays where it is and does nothing more. */
    busy?: boolean
  }

/** Named by the act. A disabled one keeps its place in the tab order, so that its reason can be read. */
export function Button({
  variant,
  size,
  shape,
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
      className={cn(buttonLook({ variant, size, shape }), className)}
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
