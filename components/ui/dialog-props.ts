import type { ReactNode } from 'react'

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
