import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/core/cn'
import { Button } from './button'
import { buttonLook, type ButtonLook, type ButtonReason } from './button-look'

type ButtonLinkProps = ButtonLook & ButtonReason & Omit<ComponentProps<typeof Link>, 'href'> & { href: string; external?: boolean }

/**
 * A link that looks like a button. `external` opens another site apart and tells it nothing about us. One that leads
 * nowhere just now is a button that says why.
 */
export function ButtonLink({ variant, size, shape, icon: Icon, external = false, disabledReason, reasonShown, className, children, href, ...rest }: ButtonLinkProps) {
  const label = rest['aria-label']
  if (disabledReason !== undefined && disabledReason !== null) {
    return (
      <Button {...{ variant, size, shape, disabledReason, className }} {...(Icon && { icon: Icon })} {...(reasonShown && { reasonShown })} {...(label !== undefined && { 'aria-label': label })}>
        {children}
      </Button>
    )
  }
  const inside = (
    <>
      {Icon && <Icon aria-hidden size={size === 'sm' ? 14 : 16} strokeWidth={1.75} />}
      {children}
    </>
  )
  const classes = cn(buttonLook({ variant, size, shape }), className)
  if (external) {
    return (
      <a href={/^https?:\/\//i.test(href) ? href : undefined} target="_blank" rel="noreferrer noopener" aria-label={label} className={classes}>
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
