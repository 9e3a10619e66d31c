// What was opened from the palette last, in this tab alone: names of customers' things are gone when it closes.
const NAME = 'palisade-recent'
const RECENT_MAX = 6
export type Recent = { title: string; detail: string; href: string }

const isRecent = (value: unknown): value is Recent =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  typeof value.title === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string' &&
  'href' in value &&
  typeof value.href === 'string' &&
  /^\/(?!\/)/.test(value.href)

/** `owner` is the operator, so that nobody sees what another one opened. */
export function readRecent(owner: string): Recent[] {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(`${NAME} ${owner}`) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, RECENT_MAX) : []
  } catch {
    return []
  }
}

export function keepRecent(owner: string, item: Recent): void {
  const others = readRecent(owner).filter(({ href }) => href !== item.href)
  try {
    window.sessionStorage.setItem(`${NAME} ${owner}`, JSON.stringify([item, ...others].slice(0, RECENT_MAX)))
  } catch {
    // Nothing to keep it in.
  }
}
