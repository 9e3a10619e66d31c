import type { ReactNode } from 'react'
import { StopBanner } from '@/components/rollout/stop-banner'
import type { MeDto } from '@/lib/auth/input'
import { AccountMenu } from './account-menu'
import { BottomBar } from './bottom-bar'
import { Brand } from './brand'
import { CustomerSwitcher } from './customer-switcher'
import { SavedViews } from './saved-views'
import { SideNav } from './side-nav'
import type { Theme } from './theme'
import { VisitsFoot } from './visits-foot'

/** Sidebar of 200 px, icons only below 1280 px, a bar at the bottom below 768 px. */
export function Shell({ me, theme, children }: { me: MeDto; theme: Theme; children: ReactNode }) {
  return (
    <div className="print:block md:grid md:grid-cols-[56px_minmax(0,1fr)] xl:grid-cols-[200px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-raised"
      >
        Skip to the content
      </a>
      <aside aria-label="Palisade" className="sticky top-0 flex h-dvh flex-col gap-3 border-r border-line bg-canvas px-2 pt-4 pb-3 max-md:hidden print:hidden">
        <div className="flex h-6 items-center px-2 max-xl:justify-center">
          <Brand wordHidden />
        </div>
        <CustomerSwitcher place="sidebar" />
        <SideNav />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <SavedViews />
        </div>
        <div>
          <VisitsFoot />
          <AccountMenu me={me} theme={theme} place="sidebar" />
        </div>
      </aside>
      <main
        id="content"
        tabIndex={-1}
        className="min-h-dvh min-w-0 bg-surface outline-none max-md:pb-[calc(56px+env(safe-area-inset-bottom))] print:min-h-0 print:pb-0"
      >
        <StopBanner />
        {children}
      </main>
      <BottomBar>
        <AccountMenu me={me} theme={theme} place="bottom" />
      </BottomBar>
    </div>
  )
}
