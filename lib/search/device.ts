// What a MAC tells by itself. Pure.

/** The device made it up, as phones do for each network: the bit "locally administered" of its first byte is set. */
export const isRandomised = (mac: string): boolean => /^.[26ae]:/i.test(mac)
