import { X } from 'lucide-react'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Button } from './button'
import { ButtonLink } from './button-link'

const REASON = 'Enrolling needs an admin.'
const classesOf = (html: string): string => /<(?:button|a)\b[^>]* class="([^"]*)"/.exec(html)?.[1] ?? ''
const html = (element: ReactElement): string => renderToStaticMarkup(element)

describe('buttons, links that look like one, and icons', () => {
  it('say why they cannot be used in the same way, and keep their place in the tab order', () => {
    for (const element of [
      createElement(Button, { disabledReason: REASON }, 'Enrol'),
      createElement(ButtonLink, { href: '/firewalls/new', disabledReason: REASON }, 'Enrol'),
      createElement(ButtonLink, { href: 'https://192.0.2.1', external: true, disabledReason: REASON }, 'Enrol'),
      createElement(Button, { shape: 'icon', icon: X, 'aria-label': 'Enrol', disabledReason: REASON }),
    ]) {
      const [, describedBy] = /<button[^>]* aria-describedby="([^"]+)"/.exec(html(element)) ?? []
      expect(html(element)).toMatch(/<button[^>]* aria-disabled="true"/)
      expect(html(element)).toContain(`<span id="${describedBy}" class="sr-only">${REASON}</span>`)
      expect(html(element)).not.toMatch(/ disabled=|tabindex|href=/)
    }
  })

  it('have one look, and none takes the ring of the focus away', () => {
    const button = classesOf(html(createElement(Button, null, 'Compare')))
    expect(classesOf(html(createElement(ButtonLink, { href: '/backups/compare' }, 'Compare')))).toBe(button)
    expect(classesOf(html(createElement(ButtonLink, { href: 'https://192.0.2.1', external: true }, 'Compare')))).toBe(button)
    expect(button).not.toMatch(/outline/)
  })

  it('an icon alone is as wide as high, and a link to elsewhere keeps its name', () => {
    expect(classesOf(html(createElement(Button, { shape: 'icon', icon: X, 'aria-label': 'Close' })))).toMatch(/h-\[30px\] .*w-\[30px\] px-0/)
    expect(html(createElement(ButtonLink, { href: 'https://192.0.2.1', external: true, icon: X, 'aria-label': 'Own interface' }))).toContain('aria-label="Own interface"')
  })
})
