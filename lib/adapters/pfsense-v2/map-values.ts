// Single values as the firewall writes them. Pure.

/** Unix seconds → ISO in UTC; 0 and what no calendar holds is "not told". */
export function toInstant(seconds: number | null): string | null {
  if (seconds === null || seconds <= 0 || seconds > 8_640_000_000_000) return null
  return new Date(Math.round(seconds * 1000)).toISOString()
}

/** Lower case with colons; null while unresolved or unlike a MAC. */
export function toMac(text: string | null): string | null {
  const mac = text?.toLowerCase().replaceAll('-', ':') ?? ''
  return /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/.test(mac)
    ? mac
        .split(':')
        .map((part) => part.padStart(2, '0'))
        .join(':')
    : null
}

/** `255.255.255.0` or `24` → 24; null for a mask with holes. */
export function toPrefixLength(mask: string | null): number | null {
  if (mask === null) return null
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= 128 ? Number(mask) : null
  const octets = mask.split('.').map(Number)
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) return null
  const bits = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : null
}

/** Gives each id once: a second use gets `#2`. */
export function uniqueIds(): (id: string) => string {
  const used = new Map<string, number>()
  return (id) => {
    const count = (used.get(id) ?? 0) + 1
    used.set(id, count)
    return count === 1 ? id : `${id}#${count}`
  }
}
