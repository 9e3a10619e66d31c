'use client'
import { Menu, User } from 'lucide-react'
import { useOnDemand } from '@/components/ui/on-demand'
import { cn } from '@/lib/core/cn'
import type { MeDto } from '@/lib/auth/input'
import { useMe } from '@/lib/queries/use-me'
import type { Theme } from './theme'

const load = () => import('./account-menu-box').then((module) => module.AccountMenuBox)

/** Who is signed in, their account, the colours, and the way out; on a phone also the pages that have no place in the bar. */
export function AccountMenu({ me: first, theme, place }: { me: MeDto; theme: Theme; place: 'sidebar' | 'bottom' }) {
  // A name that was changed meanwhile.
  const me = useMe() ?? first
  const { part: Box, attributes } = useOnDemand(load, 'menu')
  const Icon = place === 'bottom' ? Menu : User
  const trigger = (
    <button
      type="button"
      {...attributes}
      aria-label={place === 'bottom' ? `More, and ${me.name}, ${me.role}: account` : `${me.name}, ${me.role}: account`}
      className={cn(
        place === 'sidebar'
          ? 'flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-text-2 hover:bg-hover max-xl:justify-center'
          : 'flex flex-col items-center justify-center gap-0.5 text-2xs text-text-2',
      )}
    >
      <Icon aria-hidden size={place === 'sidebar' ? 16 : 20} strokeWidth={1.75} className="shrink-0" />
      {place === 'bottom' ? 'More' : <span className="truncate max-xl:hidden">{`${me.name} · ${me.role}`}</span>}
    </button>
  )
  return Box === null ? trigger : <Box trigger={trigger} me={me} theme={theme} place={place} />
}
