// Words of a firewall that are kept: its log, and what it answers instead of doing something.
import { maskText } from './mask-text'

/** Without what looks like a secret. Twice is as once. */
export const hideSecrets = (text: string): string => maskText(text, 'prose', () => '(hidden)')

/** What was cut in the middle of a line, from its first whole line on: the word that marks a secret may stand in what was cut off. */
export function fromWholeLine(cut: string): string {
  const at = cut.indexOf('\n')
  return at === -1 ? '' : cut.slice(at + 1)
}

/** The end of a log. Secrets are looked for in all of it, because what marks one may stand in front of the cut. */
export function tailOf(log: string, charactersMax: number): string {
  const hidden = hideSecrets(log)
  if (hidden.length <= charactersMax) return hidden
  const tail = hidden.slice(-charactersMax)
  return fromWholeLine(tail) || tail
}
