'use client'
import dynamic from 'next/dynamic'
import { useState, type ReactNode } from 'react'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the safe one first: it gets the focus when nothing inside asks for it. */
  footer?: ReactNode
  /** `side` is a panel at the right edge, for details of a row on narrow screens. */
  shape?: 'centre' | 'side'
  /** Stands above another dialog and veils it. */
  above?: boolean
}

const DialogBox = dynamic(() => import('./dialog-box').then((module) => module.DialogBox), { ssr: false })

/** Traps and returns the focus; Esc and a click beside it close it. It arrives when it first opens, and stays. */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open)
  if (props.open && !wasOpen) setWasOpen(true)
  return wasOpen ? <DialogBox {...props} /> : null
}
