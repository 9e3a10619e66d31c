'use client'
import { cloneElement } from 'react'
import type { MenuProps } from './menu-items'
import { useOnDemand } from './on-demand'

const load = () => import('./menu-box').then(({ MenuBox }) => MenuBox)

/** `trigger` is a button. An item that cannot be used says why in a second line. */
export function Menu(props: MenuProps) {
  const { part: MenuBox, attributes } = useOnDemand(load, 'menu')
  return MenuBox === null ? cloneElement(props.trigger, attributes) : <MenuBox {...props} />
}
