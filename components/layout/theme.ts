// Which colours a person chose. A cookie, so that the server writes it into the page and nothing flashes.
export const THEME_COOKIE = 'palisade-theme'
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const YEAR_SECONDS = 31_536_000

export const parseTheme = (text: string | undefined): Theme => THEMES.find((theme) => theme === text) ?? 'system'

/** Shows a theme at once and keeps it in this browser for a year. */
export function chooseTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
