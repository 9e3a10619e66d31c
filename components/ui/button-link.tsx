import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/core/cn'
import { buttonLook, type ButtonLook } from './button-look'

type ButtonLinkProps = ButtonLook & Omit<ComponentProps<typeof Link>, 'href'> & { href: string; external?: boolean }

/** A link that looks like a button. `external` opens another site apart and tells it nothing about us. */
export function ButtonLink({ variant, size, icon: Icon, external = false, className, children, href, ...rest }: ButtonLinkProps) {
  const inside = (
    <>
      {Icon && <Icon aria-hidden size={size === 'sm' ? 14 : 16} strokeWidth={1.75} />}
      {children}
    </>
  )
  const classes = cn(buttonLook({ variant, size }), className)
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
