import { describe, expect, it } from 'vitest'
import { ownInterfaceHref } from './own-interface'

describe('ownInterfaceHref', () => {
  it('keeps the origin of a web address', () => {
    expect(ownInterfaceHref('https://198.51.100.61:8443')).toBe('https://198.51.100.61:8443/')
    expect(ownInterfaceHref('http://[2001:db8::1]/path?x=1')).toBe('http://[2001:db8::1]/')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://198.51.100.1', 'https://root:pw@198.51.100.1', 'firewall', ''])(
    'makes no link of %j',
    (address) => {
      expect(ownInterfaceHref(address)).toBeNull()
    },
  )
})
