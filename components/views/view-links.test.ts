import { expect, it } from 'vitest'
import { hrefOfView, isView } from './view-links'

const view = { list: 'firewalls', query: 'tag=edge&firmware__state__in=offered%2Cmajor-offered&sort=-name' } as const

it('is a link to its page', () => {
  expect(hrefOfView(view)).toBe('/firewalls?tag=edge&firmware__state__in=offered%2Cmajor-offered&sort=-name')
  expect(hrefOfView({ list: 'arp', query: '' })).toBe('/search/arp')
})
it('knows its page whatever the order of the conditions', () => {
  expect(isView(view, '/firewalls', new URLSearchParams('sort=-name&firmware__state__in=offered,major-offered&tag=edge&customer=1'))).toBe(true)
  expect(isView(view, '/firewalls', new URLSearchParams('tag=edge'))).toBe(false)
  expect(isView(view, '/search/arp', new URLSearchParams(view.query))).toBe(false)
})
