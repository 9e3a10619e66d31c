// The same characters that lib/core/clean-text.ts takes out of what is stored; newline and tab stay.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * A firewall's own text with characters that are not seen, or that turn the text around them, written as `\u202e`: for
 * replies that are shown as they came.
 */
export const escapeUnseen = (text: string): string => text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
