'use client'
import { useState } from 'react'
import type { ListName } from '@/lib/query-language/fields'
import type { Pair } from '@/lib/query-language/parse'
import type { Fault } from './check-conditions'
import type { Language } from './language'
import { writeCondition } from './write-condition'

type State = {
  text: string
  /** Place of the condition that is being edited; it stays in the view until the edit is done. */
  editing: number | null
  /** The suggestion under the arrow keys, -1 for none. */
  active: number
  open: boolean
  fault: Fault | null
  /** When the suggestions were opened; suggested times go by it. */
  nowMs: number
}
const EMPTY: State = { text: '', editing: null, active: -1, open: false, fault: null, nowMs: 0 }

export type Draft = State & {
  /** Shows what can be asked, without anything typed. */
  show: () => void
  type: (text: string) => void
  close: () => void
  move: (to: number) => void
  /** Makes a condition of this text, in the place of the one being edited; of no text it takes that one away. */
  add: (text: string) => void
  edit: (place: number) => void
  remove: (place: number) => void
  /** Leaves the edit, or empties the field. */
  cancel: () => void
  leave: () => void
  /** True when what was pasted is, or may be, a query string: its conditions come into the view, anything else into the field. */
  paste: (text: string) => boolean
}

type LanguageSoon = { language: Language | null; bring: () => Promise<Language> }

/** What is being typed, beside the conditions of the view. */
export function useDraft(list: ListName, conditions: readonly Pair[], onChange: (conditions: readonly Pair[]) => void, { language, bring }: LanguageSoon): Draft {
  const [state, setState] = useState(EMPTY)
  const change = (part: Partial<State>): void => setState((before) => ({ ...before, ...part }))
  const { editing, text } = state
  const without = (place: number | null): readonly Pair[] => conditions.filter((_, at) => at !== place)

  const addIn = ({ readTyped, checkConditions }: Language, typed: string): void => {
    const pair = readTyped(list, typed)
    if (pair === null) {
      if (editing !== null) onChange(without(editing))
      return change(EMPTY)
    }
    const [name, value] = pair
    const others = without(editing)
    // A search is one; every other condition may be asked more than once, but not twice the same.
    const kept = others.filter(([other, same]) => !(other === name && (same === value || (list === 'firewalls' && name === 'search'))))
    const fault = checkConditions(list, [...kept, pair]).faults.at(-1) ?? null
    if (fault) return change({ text: typed, fault, active: -1 })
    onChange(editing === null || kept.length < others.length ? [...kept, pair] : conditions.map((each, at) => (at === editing ? pair : each)))
    // What was found lies below, so the suggestions make way for it.
    change(EMPTY)
  }
  // Who is faster than the language waits for it; what is typed stays in the field if it never comes.
  const add = (typed: string): void => void (language === null ? bring().then((loaded) => addIn(loaded, typed), () => undefined) : addIn(language, typed))
  const pasteIn = ({ readPasted }: Language, pasted: string): boolean => {
    const pairs = readPasted(list, pasted)
    if (pairs === null) return false
    const fresh = pairs.filter(([name, value]) => !conditions.some(([other, same]) => other === name && same === value))
    onChange([...without(editing), ...fresh])
    change(EMPTY)
    return true
  }
  return {
    ...state,
    add,
    show: () => change({ open: true, nowMs: Date.now() }),
    type: (typed) => change({ text: typed, open: true, active: -1, fault: null, nowMs: Date.now() }),
    close: () => change({ open: false, active: -1 }),
    move: (to) => change({ active: to, open: true }),
    edit: (place) => {
      const pair = conditions[place]
      if (pair) change({ text: writeCondition(pair), editing: place, open: true, active: -1, fault: null, nowMs: Date.now() })
    },
    remove: (place) => {
      onChange(without(place))
      change(EMPTY)
    },
    cancel: () => change(EMPTY),
    leave: () => {
      const edited = editing === null ? undefined : conditions[editing]
      change(edited && writeCondition(edited) === text ? EMPTY : { open: false, active: -1 })
    },
    paste: (pasted) => {
      // No condition is without it, so this is text.
      if (text !== '' || !pasted.includes('=')) return false
      if (language !== null) return pasteIn(language, pasted)
      const asText = (): void => change({ text: pasted, open: true, nowMs: Date.now() })
      bring().then((loaded) => pasteIn(loaded, pasted) || asText(), asText)
      return true
    },
  }
}
