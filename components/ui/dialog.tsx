'use client'
import { useState } from 'react'
import { arriving } from './arriving'
import type { DialogProps } from './dialog-props'

const DialogBox = arriving(() => import('./dialog-box').then((module) => module.DialogBox), { leave: ({ onOpenChange }) => onOpenChange(false), isOpen: ({ open }) => open })

/** Traps and returns the focus; Esc and a click beside it close it. It arrives when it first opens, and stays. */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open)
  if (props.open && !wasOpen) setWasOpen(true)
  return wasOpen ? <DialogBox {...props} /> : null
}
