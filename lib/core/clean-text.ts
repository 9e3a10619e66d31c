const TEXT_LENGTH_MAX = 10_000
// C0 and C1 controls except newline and tab, then the marks that turn or isolate the direction of text.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Text from a firewall or its clients as it may be stored and shown: without control characters (newline and tab stay),
 * without direction marks that make text read as something else, well-formed, at most 10,000 characters.
 */
export function cleanText(text: string): string {
  // Twice the limit is looked at, so that a megabyte of control characters costs no megabyte of work.
  const clean = text.slice(0, TEXT_LENGTH_MAX * 2).replace(UNSEEN, '')
  return clean.slice(0, TEXT_LENGTH_MAX).toWellFormed()
}
