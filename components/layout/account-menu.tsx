'use client'
import { LogOut, Menu, Monitor, Moon, Sun, User, UserCog, type LucideIcon } from 'lucide-react'
import { signOut } from 'next-auth/react'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { cn } from '@/lib/core/cn'
import type { MeDto } from '@/lib/auth/input'
import { useMe } from '@/lib/queries/use-me'
import { useCustomerScope } from './customer-scope'
import { MORE_ITEMS } from './nav-items'
import { chooseTheme, parseTheme, THEMES, type Theme } from './theme'

const THEME_WORDS = { system: ['As the system', Monitor], light: ['Light', Sun], dark: ['Dark', Moon] } as const satisfies Record<
  Theme,
  readonly [string, LucideIcon]
>
const item = 'flex min-h-[30px] items-center gap-2.5 rounded-md px-2 outline-none data-[highlighted]:bg-hover max-md:min-h-11'

/** Who is signed in, their account, the colours, and the way out; on a phone also the pages that have no place in the bar. */
export function AccountMenu({ me: first, theme, place }: { me: MeDto; theme: Theme; place: 'sidebar' | 'bottom' }) {
  // A name that was changed meanwhile.
  const me = useMe() ?? first
  const { within } = useCustomerScope()
  const [chosen, setChosen] = useState(theme)
  const Icon = place === 'bottom' ? Menu : User
  const choose = (text: string): void => {
    const next = parseTheme(text)
    setChosen(next)
    chooseTheme(next)
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={place === 'bottom' ? `More, and ${me.name}, ${me.role}: account` : `${me.name}, ${me.role}: account`}
        className={cn(
          place === 'sidebar'
            ? 'flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-text-2 hover:bg-hover max-xl:justify-center'
            : 'flex flex-col items-center justify-center gap-0.5 text-2xs text-text-2',
        )}
      >
        <Icon aria-hidden size={place === 'sidebar' ? 16 : 20} strokeWidth={1.75} className="shrink-0" />
        {place === 'bottom' ? 'More' : <span className="truncate max-xl:hidden">{`${me.name} · ${me.role}`}</span>}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="top" align="start" sideOffset={6} collisionPadding={8} className="z-50 w-60 rounded-lg bg-raised p-1 shadow-raised">
          {place === 'bottom' && (
            <>
              {MORE_ITEMS.map(({ href, label, icon: ItemIcon }) => (
                <DropdownMenu.Item key={href} asChild className={item}>
                  <Link href={within(href)}>
                    <ItemIcon aria-hidden size={16} strokeWidth={1.75} />
                    {label}
                  </Link>
                </DropdownMenu.Item>
              ))}
              <DropdownMenu.Separator className="my-1 h-px bg-line" />
            </>
          )}
          <DropdownMenu.Label className="px-2 py-1.5">
            <span className="block truncate font-semibold">{me.name}</span>
            <span className="block truncate text-xs text-text-3">{[me.role, me.email].filter(Boolean).join(' · ')}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Label className="px-2 pt-1 text-xs text-text-3">Colours</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={chosen} onValueChange={choose}>
            {THEMES.map((each) => {
              const [word, Icon] = THEME_WORDS[each]
              return (
                <DropdownMenu.RadioItem
                  key={each}
                  value={each}
                  className={cn(item, 'data-[state=checked]:font-semibold')}
                  onSelect={(event) => event.preventDefault()}
                >
                  <Icon aria-hidden size={16} strokeWidth={1.75} />
                  {word}
                  <DropdownMenu.ItemIndicator className="ml-auto size-1.5 rounded-full bg-current" />
                </DropdownMenu.RadioItem>
              )
            })}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item asChild className={item}>
            <Link href="/settings/account">
              <UserCog aria-hidden size={16} strokeWidth={1.75} />
              Your account
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => void signOut({ callbackUrl: '/signin' })}>
            <LogOut aria-hidden size={16} strokeWidth={1.75} />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
