import Bowser from 'bowser'
import { cleanText } from '@/lib/core/clean-text'

const LENGTH_MAX = 60

/** "Chrome 131 on Windows" for what a browser says of itself, which is only a claim; words that it hides in it are cut and cleaned. */
export function browserName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser'
  const { browser, os } = Bowser.parse(userAgent)
  if (!browser.name) return 'Unknown browser'
  const version = /^\d+/.exec(browser.version ?? '')?.[0]
  return cleanText([browser.name, version, os.name && `on ${os.name}`].filter(Boolean).join(' ')).slice(0, LENGTH_MAX)
}
