'use client'
import { LiveMark } from '@/components/live/live-mark'
import { PaletteButton } from '@/components/search/palette-button'
import { CustomerSwitcher } from './customer-switcher'

/** At the right of every page's header: whose pages they are on a phone, the way to search, and whether the page is live. */
export function HeaderTools() {
  return (
    <div className="flex shrink-0 items-center gap-3 max-md:gap-0">
      <CustomerSwitcher place="header" />
      <PaletteButton />
      <LiveMark />
    </div>
  )
}
