import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { twMerge } from 'tailwind-merge'
import { describe, expect, it } from 'vitest'
import { cn } from './cn'
import { mergeClasses } from './merge-classes'

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => path.join(entry.parentPath, entry.name))

/** Every word of a string in the pages that the library takes for a class, without its modifiers. */
function classesOfPages(): string[] {
  const words = new Set<string>()
  for (const file of ['app', 'components'].flatMap(filesIn))
    for (const [, single, double] of readFileSync(file, 'utf8').matchAll(/'([^'\n]*)'|"([^"\n]*)"/g))
      for (const word of (single ?? double ?? '').split(/\s+/)) words.add(word.replace(/^(?:[a-z0-9-]+(?:\[[^\]]*\])?(?:\/[a-z]+)?:)+/, ''))
  // What it knows takes the place of itself. `filter` stands in the source as a word alone, and that our own `shadow-raised` is
  // a shadow and no colour of one is more than the library can know.
  const apart = ['filter', 'shadow-raised']
  return [...words].filter((word) => !apart.includes(word) && /^-?[a-z]/.test(word) && !/['"`${}]/.test(word) && twMerge(`${word} ${word}`) === word)
}

describe('joining classes', () => {
  it('decides as the whole table of the library does, over every pair of classes in the pages', () => {
    const classes = classesOfPages()
    expect(classes.length).toBeGreaterThan(300)
    const unlike: string[] = []
    for (const first of classes)
      for (const second of classes) {
        const pair = `${first} ${second}`
        if (unlike.length < 20 && mergeClasses(pair) !== twMerge(pair)) unlike.push(`${pair}: ${mergeClasses(pair)}, not ${twMerge(pair)}`)
      }
    expect(unlike).toEqual([])
  })
  it('leaves what it does not know, and what has another modifier, in its place', () => {
    expect(cn('px-3 hover:px-4 own', false, 'px-1')).toBe('hover:px-4 own px-1')
  })
})
