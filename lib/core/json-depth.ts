const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Whether JSON text nests deeper than `depthMax` arrays and objects. Looks at the text alone: JSON.parse accepts millions
 * of levels that the next recursive function dies of.
 */
export function isDeeperThan(text: string, depthMax: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      continue
    }
    // '[' is 0x5b and '{' is 0x7b, ']' is 0x5d and '}' is 0x7d: one bit apart.
    const folded = code & ~0x20
    if (folded === 0x5b) {
      depth += 1
      if (depth > depthMax) return true
    } else if (folded === 0x5d) depth -= 1
  }
  return false
}

/** Index of the quote that ends the string which begins at `from`; the text's length when none does. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (at !== -1) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return at
    at = text.indexOf('"', at + 1)
  }
  return text.length
}
