// What a configuration may be at most. Firewalls are hostile input; the largest that are known are a third of this.
import { AppError } from '@/lib/core/errors'

export const BYTES_MAX = 64 * 1024 * 1024
export const DEPTH_MAX = 64
export const ELEMENTS_MAX = 2_000_000
/** Of one text, and of one tag with its attributes. */
export const TEXT_CHARS_MAX = 4 * 1024 * 1024
export const TAG_CHARS_MAX = 64 * 1024
export const NAME_CHARS_MAX = 200

/** A configuration that is not read any further. `because` is a sentence without anything of what stands in it. */
export const refused = (because: string): AppError =>
  new AppError('firewall-reply-not-understood', `The configuration cannot be compared: ${because}`, { nextStep: 'The backup itself is kept as the firewall gave it. Look at the firewall: its configuration is not what it should be.' })
