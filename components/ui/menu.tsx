'use client'
import type { LucideIcon } from 'lucide-react'
import { cloneElement, type ComponentProps, type ReactElement } from 'react'
import { useOnDemand } from './on-demand'

export type MenuItem = {
  label: string
  icon?: LucideIcon
  keyHint?: string
  danger?: boolean
  disabledReason?: string | null | undefined
  onSelect: () => void
}
export type MenuProps = { trigger: ReactElement<ComponentProps<'button'>>; items: readonly MenuItem[]; label: string }

const load = () => import('./menu-box').then(({ MenuBox }) => MenuBox)

/** `trigger` is a button. An item that cannot be used says why in a second line. */
export function Menu(props: MenuProps) {
  const { part: MenuBox, attributes } = useOnDemand(load, 'menu')
  return MenuBox === null ? cloneElement(props.trigger, attributes) : <MenuBox {...props} />
}
