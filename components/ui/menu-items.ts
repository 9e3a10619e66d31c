import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactElement } from 'react'

export type MenuItem = {
  label: string
  icon?: LucideIcon
  keyHint?: string
  danger?: boolean
  disabledReason?: string | null | undefined
  onSelect: () => void
}
export type MenuProps = { trigger: ReactElement<ComponentProps<'button'>>; items: readonly MenuItem[]; label: string }
