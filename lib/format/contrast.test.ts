// The colours of the pages, measured: WCAG contrast of every token on every ground it may stand on.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark'
const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
)

function colour(name: string, theme: Theme): string {
  const token = tokens.get(name)
  if (!token) throw new Error(`globals.css has no token ${name}`)
  return token[theme]
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const THEMES = ['light', 'dark'] as const
const GROUNDS = ['canvas', 'surface', 'sunken', 'raised', 'hover', 'act-soft'] as const
const TEXTS = ['text', 'text-2', 'text-3', 'act', 'bad', 'you', 'warn', 'good'] as const
const MARKS = ['control', 'bad-mark', 'you-mark', 'warn-mark', 'good-mark'] as const

it('finds the whole table', () => expect(tokens.size).toBe(26))

describe.each(THEMES)('%s', (theme) => {
  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))('%s reads on %s', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(['bad', 'you', 'warn', 'good'] as const)('%s, text and secondary text read on its own soft ground', (role) => {
    for (const text of [role, 'text', 'text-2']) expect(contrast(colour(text, theme), colour(`${role}-soft`, theme))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(MARKS.flatMap((mark) => GROUNDS.filter((ground) => mark !== 'control' || ground !== 'act-soft').map((ground) => [mark, ground] as const)))(
    'the mark %s is seen on %s',
    (mark, ground) => {
      // No field stands on a selected row; on all other grounds 3 is the least.
      expect(contrast(colour(mark, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
    },
  )
  it('white reads on a primary button', () => expect(contrast('#ffffff', colour('act-fill', theme))).toBeGreaterThanOrEqual(4.5))
})

/** Figures of the design's table, on `surface`. */
it.each([
  ['control', 3.4, 3.9],
  ['text', 17.6, 14.9],
  ['text-2', 8.3, 8.8],
  ['text-3', 5.4, 5.9],
  ['act', 6.4, 8.4],
  ['bad', 6.7, 8.1],
  ['bad-mark', 5.1, 5.2],
  ['you', 7.7, 8.4],
  ['you-mark', 5.6, 6.1],
  ['warn', 6.7, 9.9],
  ['warn-mark', 3.8, 7.9],
  ['good', 6.6, 9.4],
  ['good-mark', 4.3, 7.2],
] as const)('%s has the contrast that the design says', (name, light, dark) => {
  expect(contrast(colour(name, 'light'), colour('surface', 'light'))).toBeCloseTo(light, 1)
  expect(contrast(colour(name, 'dark'), colour('surface', 'dark'))).toBeCloseTo(dark, 1)
})
