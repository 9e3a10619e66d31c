// What a regular expression is certain to find, so that an index can look first. It errs to the careful side: null where
// nothing is certain. Whether the expression is one at all is for the engine to say (lib/query-language/regex.ts).
import type { RegexLiterals } from './condition'

export const LITERALS_MIN = 3
const ALTERNATIVES_MAX = 16
/** Escapes whose length is not known here, and quoted stretches: whoever uses them gets no help from an index. */
const OPAQUE = /^[0-9xpPQEkCX]$/

type Found = readonly string[] | null
const shortest = (found: readonly string[]) => Math.min(...found.map((text) => text.length))

class Reader {
  private at = 0
  private readonly letters: readonly string[]
  caseMatters = true
  opaque = false

  constructor(pattern: string) {
    this.letters = Array.from(pattern)
  }

  private peek(): string | undefined {
    return this.letters[this.at]
  }

  private take(): string | undefined {
    return this.letters[this.at++]
  }

  /** Of each alternative one text; null as soon as one alternative has none. */
  alternatives(): Found {
    let found: Found = this.sequence()
    while (this.peek() === '|') {
      this.take()
      const other = this.sequence()
      found = found && other && found.length + other.length <= ALTERNATIVES_MAX ? [...found, ...other] : null
    }
    return found
  }

  private sequence(): Found {
    const candidates: (readonly string[])[] = []
    let run = ''
    const flush = () => {
      if (Array.from(run).length >= LITERALS_MIN) candidates.push([run])
      run = ''
    }
    for (let letter = this.peek(); letter !== undefined && letter !== '|' && letter !== ')'; letter = this.peek()) {
      const atom = this.atom()
      const least = this.quantifier()
      if (typeof atom === 'string') {
        if (least === null || least > 0) run += atom
        if (least !== null) flush()
      } else {
        flush()
        if (atom && least !== 0) candidates.push(atom)
      }
    }
    flush()
    return candidates.toSorted((a, b) => shortest(b) - shortest(a))[0] ?? null
  }

  /** A letter that stands for itself, or what a group is certain to have, or null for everything else. */
  private atom(): string | Found {
    const letter = this.take() ?? ''
    if (letter === '(') return this.group()
    if (letter === '[') return this.skipClass()
    if (letter === '\\') return this.escape()
    return '.^$'.includes(letter) ? null : letter
  }

  private escape(): string | null {
    const letter = this.take() ?? ''
    if (OPAQUE.test(letter)) this.opaque = true
    return /^[0-9A-Za-z]?$/.test(letter) ? null : letter
  }

  private group(): Found {
    if (this.peek() === '?') this.flags()
    const found = this.alternatives()
    this.take()
    return found
  }

  /** `?:`, `?P<name>`, `?i:`; or `?i)`, which has no group to it. */
  private flags(): void {
    for (let letter = this.take(); letter !== undefined && letter !== ':' && letter !== '>'; letter = this.take()) {
      if (letter === 'i') this.caseMatters = false
      if (this.peek() === ')') return
    }
  }

  private skipClass(): null {
    if (this.peek() === '^') this.take()
    if (this.peek() === ']') this.take()
    for (let letter = this.take(); letter !== undefined && letter !== ']'; letter = this.take()) {
      if (letter === '\\') this.escape()
      if (letter === '[' && this.peek() === ':') while (this.peek() !== undefined && this.take() !== ']');
    }
    return null
  }

  /** How often the atom stands there at least; null without a quantifier. */
  private quantifier(): number | null {
    const letter = this.peek() ?? ''
    const counted = letter === '{' ? /^\{(\d+)(?:,\d*)?\}/.exec(this.letters.slice(this.at, this.at + 12).join('')) : null
    if (!counted && !'*+?'.includes(letter || ' ')) return null
    this.at += counted ? counted[0].length : 1
    if (this.peek() === '?') this.take()
    return counted ? Number(counted[1]) : letter === '+' ? 1 : 0
  }
}

/** The texts of at least three letters of which every match holds one. */
export function regexLiterals(pattern: string): RegexLiterals {
  const reader = new Reader(pattern)
  const found = reader.alternatives()
  return { oneOf: reader.opaque ? null : found, caseMatters: reader.caseMatters }
}
