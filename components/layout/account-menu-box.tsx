'use client'
import { LogOut, Monitor, Moon, Sun, UserCog, type LucideIcon } from 'lucide-react'
import { signOut } from 'next-auth/react'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { useState, type ReactElement } from 'react'
import { cn } from '@/lib/core/cn'
import type { MeDto } from '@/lib/auth/input'
import { useCustomerScope } from './customer-scope'
import { MORE_ITEMS } from './nav-items'
import { chooseTheme, parseTheme, THEMES, type Theme } from './theme'

const THEME_WORDS = { system: ['As the system', Monitor], light: ['Light', Sun], dark: ['Dark', Moon] } as const satisfies Record<
  Theme,
  readonly [string, LucideIcon]
>
const item = 'flex min-h-[30px] items-center gap-2.5 rounded-md px-2 outline-none data-[highlighted]:bg-hover max-md:min-h-11'

type AccountMenuBoxProps = { trigger: ReactElement; me: MeDto; theme: Theme; place: 'sidebar' | 'bottom' }

/** The menu with its button, open from the start. */
export function AccountMenuBox({ trigger, me, theme, place }: AccountMenuBoxProps) {
  const { within } = useCustomerScope()
  const [chosen, setChosen] = useState(theme)
  const choose = (text: string): void => {
    const next = parseTheme(text)
    setChosen(next)
    chooseTheme(next)
  }
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
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
